package io.scrip.gateway.binary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.gateway.GatewayConfig;
import io.scrip.gateway.TestClient;
import io.scrip.gateway.TestClient.Wallet;
import io.scrip.gateway.TestServer;
import io.scrip.gateway.auth.RateLimit;
import io.scrip.gateway.feed.FeedConfig;
import io.scrip.gateway.json.WalletIds;
import io.scrip.protocol.ControlsReplyDecoder;
import io.scrip.protocol.GetControlsDecoder;
import io.scrip.protocol.GetLotsDecoder;
import io.scrip.protocol.GetOutcomeDecoder;
import io.scrip.protocol.GetSettingsDecoder;
import io.scrip.protocol.GetTrialBalanceDecoder;
import io.scrip.protocol.GetWalletDecoder;
import io.scrip.protocol.LotsReplyDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.OutcomeReplyDecoder;
import io.scrip.protocol.SettingsReplyDecoder;
import io.scrip.protocol.TransferKind;
import io.scrip.protocol.TrialBalanceReplyDecoder;
import io.scrip.protocol.WalletReplyDecoder;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What a query counts against the bytes in flight. */
class QueryChargeTest {
    @Test
    void aQueryCountsAsMuchAsItsAnswerMayWeigh() {
        BinaryConfig binary = BinaryConfig.DEFAULT.withInFlight(4_096, 1 << 20).withAddress("127.0.0.1", 0);
        GatewayConfig config = GatewayConfig.defaults().withRateLimit(RateLimit.NONE);
        try (TestServer server = new TestServer(config, FeedConfig.DEFAULT, binary)) {
            Wallet alice = new TestClient(server.tcpPort()).open("agent:alice");
            long from = WalletIds.parse(alice.id());
            ask(server, alice, from);
        }
    }

    private static void ask(TestServer server, Wallet alice, long from) {
        try (BinaryClient client = BinaryClient.open(server.binaryPort(), alice.key())) {
            server.port.silent = true;
            byte[] question = BinaryClient.frame(1, Sent.wallet(from));
            ByteArrayOutputStream many = new ByteArrayOutputStream();
            for (int i = 0; i < 30; i++) {
                many.writeBytes(question);
            }
            client.sendRaw(many.toByteArray());
            long untilNs = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (server.port.offers.get() < 8 && System.nanoTime() - untilNs < 0) {
                LockSupport.parkNanos(1_000_000);
            }
            assertEquals(8, server.port.offers.get());
        }
    }

    @Test
    void noAnswerWeighsMoreThanItsQueryCounts() {
        int group = 4;
        int text = 2;
        int head = MessageHeaderDecoder.ENCODED_LENGTH;
        assertCovers(
                GetWalletDecoder.TEMPLATE_ID,
                head
                        + WalletReplyDecoder.BLOCK_LENGTH
                        + group
                        + (256 + 1_024) * WalletReplyDecoder.AccountsDecoder.sbeBlockLength()
                        + text
                        + 128);
        assertCovers(
                GetLotsDecoder.TEMPLATE_ID,
                head + LotsReplyDecoder.BLOCK_LENGTH + group + 1_000 * LotsReplyDecoder.LotsDecoder.sbeBlockLength());
        assertCovers(
                GetControlsDecoder.TEMPLATE_ID,
                head
                        + ControlsReplyDecoder.BLOCK_LENGTH
                        + 3 * group
                        + 2 * 256 * ControlsReplyDecoder.BudgetsDecoder.sbeBlockLength()
                        + 4_096 * ControlsReplyDecoder.LimitsDecoder.sbeBlockLength()
                        + 64 * ControlsReplyDecoder.CounterpartiesDecoder.sbeBlockLength());
        assertCovers(
                GetTrialBalanceDecoder.TEMPLATE_ID,
                head
                        + TrialBalanceReplyDecoder.BLOCK_LENGTH
                        + group
                        + 256 * TrialBalanceReplyDecoder.TokensDecoder.sbeBlockLength());
        assertCovers(
                GetSettingsDecoder.TEMPLATE_ID,
                head
                        + SettingsReplyDecoder.BLOCK_LENGTH
                        + 2 * group
                        + 256 * SettingsReplyDecoder.TokensDecoder.sbeBlockLength()
                        + TransferKind.values().length * SettingsReplyDecoder.FeesDecoder.sbeBlockLength());
        assertCovers(GetOutcomeDecoder.TEMPLATE_ID, head + OutcomeReplyDecoder.BLOCK_LENGTH);
    }

    /** By the largest numbers of tokens, sub-accounts, lots, limits and so on that the limits allow. */
    private static void assertCovers(int templateId, int largestAnswerBytes) {
        assertTrue(
                CommandCheck.answerBytes(templateId) >= largestAnswerBytes,
                () -> "template " + templateId + " may be answered with " + largestAnswerBytes + " bytes");
    }
}
