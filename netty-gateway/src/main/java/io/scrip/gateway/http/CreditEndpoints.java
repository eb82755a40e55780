package io.scrip.gateway.http;

import io.scrip.gateway.json.BalanceNumbers;
import io.scrip.gateway.json.BalancesJson;
import io.scrip.gateway.json.JsonOut;
import io.scrip.gateway.json.ProblemKind;
import io.scrip.gateway.json.WalletIds;
import io.scrip.gateway.request.CommandId;
import io.scrip.gateway.request.TransferRequests;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.WalletReplyDecoder;
import org.agrona.DirectBuffer;

/** Credits of the caller's own wallet. Stateless. */
final class CreditEndpoints {
    private static final int OK = 200;
    private static final int MAIN_ACCOUNT = 0;

    private CreditEndpoints() {}

    /** {@code POST /api/v1/credits/transfer}. */
    static final class Transfer implements Endpoint {
        @Override
        public void handle(Exchange exchange, byte[] body, int length) {
            if (!hasWallet(exchange)) {
                return;
            }
            Loop loop = exchange.loop;
            CommandId id =
                    loop.reader().transfers().credits(body, length, exchange.idHeader, exchange.viewer, loop.command());
            exchange.adviseId = !id.uuid7();
            loop.submitCommand(exchange);
        }

        @Override
        public void onReply(Exchange exchange, int templateId, DirectBuffer reply, int offset, int length) {
            exchange.loop.answers().transfer(exchange, reply, offset);
        }
    }

    /** {@code GET /api/v1/credits/balance}. */
    static final class Balance implements Endpoint {
        @Override
        public void handle(Exchange exchange, byte[] body, int length) {
            Parameters.none(exchange.query);
            if (hasWallet(exchange)) {
                QueryEndpoints.askForWallet(exchange, exchange.viewer.wallet());
            }
        }

        @Override
        public void onReply(Exchange exchange, int templateId, DirectBuffer reply, int offset, int length) {
            if (templateId != WalletReplyDecoder.TEMPLATE_ID) {
                QueryEndpoints.unknown(exchange, Outcome.UNKNOWN_WALLET);
                return;
            }
            WalletReplyDecoder wallet = new WalletReplyDecoder();
            wallet.wrapAndApplyHeader(reply, offset, new MessageHeaderDecoder());
            JsonOut json = exchange.loop.responses().begin();
            json.beginObject().name("wallet_id").wallet(wallet.wallet());
            json.name("sequence").number(wallet.sequence());
            json.name("event_sequence").number(wallet.eventSequence());
            json.name("timestamp").timestamp(wallet.timestamp());
            for (WalletReplyDecoder.AccountsDecoder account : wallet.accounts()) {
                if (account.token() == TransferRequests.CREDITS && account.account() == MAIN_ACCOUNT) {
                    BalanceNumbers numbers = BalanceNumbers.of(account.balances());
                    BalancesJson.write(json.name("balance"), account.token(), account.scale(), numbers);
                }
            }
            json.endObject();
            exchange.loop.responses().send(exchange, OK);
        }
    }

    /** Whether the caller has a wallet; if not, that has been answered. */
    static boolean hasWallet(Exchange exchange) {
        if (exchange.viewer.wallet() != WalletIds.NONE) {
            return true;
        }
        exchange.loop
                .responses()
                .problem(exchange, ProblemKind.NOT_AUTHORIZED, "This key has no wallet of its own.", null);
        return false;
    }
}
