package io.scrip.gateway.replay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.scrip.engine.PrunedHistory;
import io.scrip.gateway.history.AccountHeads;
import io.scrip.gateway.history.History;
import io.scrip.gateway.history.Moment;
import io.scrip.gateway.history.PastBalances;
import io.scrip.gateway.history.PastBalancesInquiry;
import io.scrip.gateway.history.PresentBalances;
import io.scrip.gateway.http.Archive;
import io.scrip.gateway.http.StoredOutcomes.Answer;
import io.scrip.gateway.http.StoredOutcomes.Trouble;
import io.scrip.gateway.json.BalancesJson;
import io.scrip.gateway.json.JsonOut;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.WalletReplyDecoder;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.agrona.DirectBuffer;

/** Past balances, read by {@link History} and written on its threads. Any thread. */
public final class EventLogBalances implements Archive.PastBalancesReader {
    private static final Logger LOGGER = System.getLogger(EventLogBalances.class.getName());
    private static final int INITIAL_BYTES = 1_024;
    private static final int OK = 200;

    private final History history;

    public EventLogBalances(History history) {
        this.history = history;
    }

    @Override
    public void balancesAt(DirectBuffer walletReply, int offset, Moment moment, Answer answer) {
        WalletReplyDecoder reply = new WalletReplyDecoder();
        reply.wrapAndApplyHeader(walletReply, offset, new MessageHeaderDecoder());
        PastBalancesInquiry inquiry =
                new PastBalancesInquiry(AccountHeads.of(reply), PresentBalances.of(reply), moment);
        boolean asked = history.ask(inquiry, new History.Callback<PastBalances>() {
            @Override
            public void onResult(PastBalances found) {
                answer.onAnswer(OK, render(found));
            }

            @Override
            public void onFailure(RuntimeException cause) {
                if (cause instanceof PrunedHistory) {
                    answer.onTrouble(Trouble.PRUNED);
                    return;
                }
                LOGGER.log(Level.ERROR, "the event log could not be read: {0}", cause.toString());
                answer.onTrouble(Trouble.UNREADABLE);
            }
        });
        if (!asked) {
            answer.onTrouble(Trouble.BUSY);
        }
    }

    private static ByteBuf render(PastBalances found) {
        ByteBuf out = Unpooled.buffer(INITIAL_BYTES);
        JsonOut json = new JsonOut().to(out);
        Moment moment = found.moment();
        json.beginObject().name("wallet_id").wallet(found.wallet()).name("at");
        if (moment.isTime()) {
            json.timestamp(moment.timeNs()).name("at_sequence").nullValue();
        } else {
            json.nullValue().name("at_sequence").number(moment.sequence());
        }
        json.name("event_sequence")
                .number(found.eventSequence())
                .name("balances")
                .beginArray();
        for (PastBalances.Account account : found.accounts()) {
            json.beginObject().name("account").number(account.code());
            BalancesJson.writeMembers(json, account.token(), account.scale(), account.balances());
            json.endObject();
        }
        json.endArray().endObject();
        return out;
    }
}
