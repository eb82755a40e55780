package io.scrip.gateway.http;

import io.scrip.gateway.history.Moment;
import io.scrip.gateway.json.ProblemKind;
import io.scrip.gateway.json.Timestamps;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.WalletReplyDecoder;
import java.time.Instant;
import org.agrona.DirectBuffer;

/** The endpoints that read the past, beside the core. */
final class ArchiveEndpoints {
    private static final long NS_PER_SECOND = 1_000_000_000L;

    private ArchiveEndpoints() {}

    /** {@code GET /api/v1/wallets/{wallet_id}/balances?at=|at_sequence=}. */
    static final class BalancesAt implements Endpoint {
        @Override
        public void handle(Exchange exchange, byte[] body, int length) {
            exchange.moment = Parameters.moment(exchange.query);
            // Read before the query enters the ring: whatever comes behind it is stamped later.
            exchange.askedAtNs = nowNs();
            QueryEndpoints.askForWallet(exchange);
        }

        @Override
        public void onReply(Exchange exchange, int templateId, DirectBuffer reply, int offset, int length) {
            if (templateId != WalletReplyDecoder.TEMPLATE_ID) {
                QueryEndpoints.unknown(exchange, Outcome.UNKNOWN_WALLET);
                return;
            }
            WalletReplyDecoder wallet = new WalletReplyDecoder();
            wallet.wrapAndApplyHeader(reply, offset, new MessageHeaderDecoder());
            if (!hasPassed(exchange, wallet.sequence(), wallet.timestamp())) {
                return;
            }
            exchange.loop
                    .services()
                    .archive()
                    .balances()
                    .balancesAt(
                            reply,
                            offset,
                            exchange.moment,
                            Deferred.answer(
                                    exchange, (status, page) -> QueryEndpoints.sendStored(exchange, status, page)));
        }

        /** What is yet to come could still change, so it is refused and not guessed. */
        private static boolean hasPassed(Exchange exchange, long lastSequence, long lastTimestampNs) {
            Moment moment = exchange.moment;
            Responses responses = exchange.loop.responses();
            if (moment.isTime()) {
                long nowNs = Math.max(exchange.askedAtNs, lastTimestampNs);
                if (moment.timeNs() > nowNs) {
                    String detail = "The moment is yet to come: here it is " + Timestamps.toText(nowNs) + ".";
                    responses.problem(exchange, ProblemKind.INVALID_PARAMETER, detail, "at");
                    return false;
                }
            } else if (moment.sequence() > lastSequence) {
                String detail = "The moment is yet to come: the last command has the sequence " + lastSequence + ".";
                responses.problem(exchange, ProblemKind.INVALID_PARAMETER, detail, "at_sequence");
                return false;
            }
            return true;
        }

        private static long nowNs() {
            Instant now = Instant.now();
            return now.getEpochSecond() * NS_PER_SECOND + now.getNano();
        }
    }
}
