package io.scrip.gateway.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.scrip.gateway.json.JsonOut;
import io.scrip.gateway.json.TokenCodes;
import io.scrip.gateway.json.WalletIds;
import io.scrip.protocol.BalancesEncoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.WalletReplyDecoder;
import io.scrip.protocol.WalletReplyEncoder;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class WalletJsonTest {
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1_024]);
    private final JsonOut out = new JsonOut();

    private static void balances(BalancesEncoder out, long[] numbers) {
        out.debitsPosted(numbers[0])
                .creditsPosted(numbers[1])
                .debitsPending(numbers[2])
                .creditsPending(numbers[3])
                .floor(numbers[4])
                .ceiling(Long.MAX_VALUE)
                .version(3)
                .staked(numbers[5]);
    }

    private String json(boolean frozen, String owner, long[]... accounts) {
        WalletReplyEncoder reply = new WalletReplyEncoder().wrapAndApplyHeader(buffer, 4, new MessageHeaderEncoder());
        reply.wallet(12);
        reply.flags().clear().frozen(frozen);
        reply.version(17).sequence(1_042).timestamp(5).eventSequence(900);
        WalletReplyEncoder.AccountsEncoder group = reply.accountsCount(accounts.length);
        String[] codes = {"CRD", "USD"};
        short[] scales = {6, 2};
        for (int i = 0; i < accounts.length; i++) {
            group.next().token(TokenCodes.parse(codes[i])).scale(scales[i]);
            balances(group.balances(), accounts[i]);
            group.lastEventSequence(i + 1L);
        }
        reply.owner(owner);
        WalletReplyDecoder decoder = new WalletReplyDecoder().wrapAndApplyHeader(buffer, 4, new MessageHeaderDecoder());
        ByteBuf text = Unpooled.buffer();
        WalletJson.write(out.to(text), decoder);
        return text.toString(StandardCharsets.UTF_8);
    }

    @Test
    void shouldShowEveryTokenWithItsFiveNumbers() {
        String expected = "{\"wallet_id\":\"" + WalletIds.toText(12)
                + "\",\"owner\":\"agent:alice\",\"locked\":false,\"version\":17,\"sequence\":1042,\"balances\":["
                + "{\"token\":\"CRD\",\"available\":\"1.25\",\"pending\":\"0.000004\",\"locked\":\"0.25\","
                + "\"staked\":\"10\",\"total\":\"11.5\"},"
                + "{\"token\":\"USD\",\"available\":\"5.01\",\"pending\":\"0\",\"locked\":\"0\","
                + "\"staked\":\"0\",\"total\":\"0.01\"}]}";

        assertEquals(
                expected,
                json(false, "agent:alice", new long[] {500_000, 2_000_000, 250_000, 4, 0, 10_000_000}, new long[] {
                    99, 100, 0, 0, -500, 0
                }));
    }

    @Test
    void shouldShowAFrozenWalletAndEscapeItsOwner() {
        assertEquals(
                "{\"wallet_id\":\"" + WalletIds.toText(12)
                        + "\",\"owner\":\"agent:\\\"z\",\"locked\":true,\"version\":17,\"sequence\":1042,"
                        + "\"balances\":[]}",
                json(true, "agent:\"z"));
    }

    @Test
    void anAccountWithoutAFloorHasNoAvailableAmount() {
        String json = json(false, "platform", new long[] {Long.MAX_VALUE, 0, 0, 0, Long.MIN_VALUE, 0});

        assertEquals(
                "{\"token\":\"CRD\",\"available\":null,\"pending\":\"0\",\"locked\":\"0\",\"staked\":\"0\","
                        + "\"total\":\"-9223372036854.775807\"}]}",
                json.substring(json.indexOf("{\"token\"")));
    }

    @Test
    void shouldNeverWrapASum() {
        AccountBalances balances = new AccountBalances(0, Long.MAX_VALUE, 0, 0, -1, Long.MAX_VALUE, 1, 1);
        assertThrows(ArithmeticException.class, balances::available);
        assertThrows(ArithmeticException.class, balances::total);
    }

    @Test
    void headsAreReadWithoutMovingTheReply() {
        json(false, "agent:alice", new long[6], new long[6]);
        WalletReplyDecoder decoder = new WalletReplyDecoder().wrapAndApplyHeader(buffer, 4, new MessageHeaderDecoder());

        AccountHeads heads = AccountHeads.of(decoder);

        assertEquals(12, heads.wallet());
        assertEquals(2, heads.tokens().length);
        assertEquals(TokenCodes.parse("USD"), heads.tokens()[1]);
        assertEquals(2, heads.lastEventSequences()[1]);
        ByteBuf text = Unpooled.buffer();
        WalletJson.write(out.to(text), decoder);
        assertEquals("{\"wallet_id\"", text.toString(0, 12, StandardCharsets.UTF_8));
    }
}
