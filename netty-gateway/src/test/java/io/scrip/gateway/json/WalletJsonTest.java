package io.scrip.gateway.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.scrip.protocol.BalancesEncoder;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.WalletReplyEncoder;
import java.nio.charset.StandardCharsets;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;

class WalletJsonTest {
    private static final int OFFSET = 16;

    private final ExpandableArrayBuffer message = new ExpandableArrayBuffer();

    @Test
    void showsAWalletReplyWithABalanceForEveryToken() {
        WalletReplyEncoder reply = new WalletReplyEncoder();
        reply.wrapAndApplyHeader(message, OFFSET, new MessageHeaderEncoder())
                .wallet(5)
                .version(9)
                .sequence(7)
                .timestamp(1)
                .eventSequence(8);
        reply.flags().clear().frozen(true);
        WalletReplyEncoder.AccountsEncoder accounts = reply.accountsCount(2);
        fill(accounts.next().token(TokenCodes.parse("CRD")).scale((short) 6).balances(), 1_500_000);
        fill(accounts.next().token(TokenCodes.parse("USD")).scale((short) 2).balances(), 0);
        reply.owner("agent:ä\"");

        ByteBuf out = Unpooled.buffer();
        WalletJson wallet = new WalletJson();
        wallet.write(new JsonOut().to(out), message, OFFSET);
        String expected = ("{'wallet_id':'" + WalletIds.toText(5) + "','owner':'agent:ä\\\"','locked':true,"
                        + "'closed':false,'version':9,'sequence':7,'event_sequence':8,"
                        + "'timestamp':'1970-01-01T00:00:00.000000001Z','balances':["
                        + "{'token':'CRD','available':'1.5','pending':'0','locked':'0','staked':'0','total':'1.5'},"
                        + "{'token':'USD','available':'0','pending':'0','locked':'0','staked':'0','total':'0'}]}")
                .replace('\'', '"');
        assertEquals(expected, out.toString(StandardCharsets.UTF_8));

        out.clear();
        wallet.write(new JsonOut().to(out), message, OFFSET);
        assertEquals(expected, out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void learnsScalesFromAnyWallet() {
        TokenScales scales = new TokenScales();
        assertEquals(TokenScales.UNKNOWN, scales.scaleOf(TokenCodes.parse("CRD")));
        WalletReplyEncoder reply = new WalletReplyEncoder();
        reply.wrapAndApplyHeader(message, OFFSET, new MessageHeaderEncoder()).wallet(1);
        WalletReplyEncoder.AccountsEncoder accounts = reply.accountsCount(2);
        accounts.next().token(TokenCodes.parse("CRD")).scale((short) 6);
        accounts.next().token(TokenCodes.parse("USD")).scale((short) 2);
        reply.owner("platform:scrip");
        scales.learn(message, OFFSET);
        scales.add(TokenCodes.parse("X"), 0);
        assertEquals(6, scales.scaleOf(TokenCodes.parse("CRD")));
        assertEquals(2, scales.scaleOf(TokenCodes.parse("USD")));
        assertEquals(0, scales.scaleOf(TokenCodes.parse("X")));
        assertEquals(TokenScales.UNKNOWN, scales.scaleOf(TokenCodes.parse("ACT")));
        assertEquals(3, scales.size());
    }

    private static void fill(BalancesEncoder balances, long credits) {
        balances.debitsPosted(0)
                .creditsPosted(credits)
                .debitsPending(0)
                .creditsPending(0)
                .floor(0)
                .ceiling(Long.MAX_VALUE)
                .version(1)
                .staked(0);
    }
}
