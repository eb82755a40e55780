package io.scrip.gateway.http;

import io.netty.buffer.ByteBuf;
import io.scrip.gateway.json.Standing;
import io.scrip.gateway.json.Viewer;
import io.scrip.gateway.request.CommandId;
import io.scrip.gateway.request.Original;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * What was decided and moved earlier, as answers: the gateway's door to the event log. Every method returns at once and
 * answers exactly once, on any thread.
 */
public interface StoredOutcomes {
    /** What is said to somebody whose id was used by another caller. */
    String FOREIGN_ID_DETAIL = "This id was used by somebody else. Make ids of your own.";

    /** Which answer an outcome is rendered as. */
    enum Form {
        /** The answer as it was given the first time: its status, its transfer, wallet or problem. */
        REPLAY,
        /** One element of a batch's results: {@code {"status":201,"transfer":{…}}} or a problem with the item's id. */
        BATCH_ITEM,
        /** {@code GET /transfers/{id}}: 200 with the transfer, also for a refusal. */
        RESOURCE,
        /** {@code GET /holds/{id}}: the same, for what placed a hold or was to. */
        HOLD
    }

    /** Why there is no answer. */
    enum Trouble {
        /** It is nothing that this viewer may see. */
        NOT_FOR_VIEWER,
        /** The cursor was not given out for this wallet. */
        BAD_CURSOR,
        /** Too many requests wait for the event log. */
        BUSY,
        /** The operator has had what it needs taken away for good. */
        PRUNED,
        /** The event log is not what it should be; it has been logged. */
        UNREADABLE
    }

    /**
     * Renders the first answer to a command in the words in which it will be answered again. Trouble means only that
     * the answer cannot be given: the command has been decided.
     *
     * @param command the command with its header; valid during the call only
     * @param reply its CommandReply with its header, neither replayed nor a conflict; valid during the call only
     * @param requestId for a refusal that is not remembered
     */
    void renderFirst(
            DirectBuffer command, DirectBuffer reply, int offset, Viewer viewer, String requestId, Answer answer);

    /**
     * Renders the outcome that stands at {@code eventSequence}.
     *
     * @param standing what has become of it since; shown in a RESOURCE and a HOLD
     */
    void renderOutcome(long eventSequence, Viewer viewer, Form form, Standing standing, Answer answer);

    /** Renders some results of a batch, each as a BATCH_ITEM. */
    void renderItems(List<Item> items, Viewer viewer, ItemsAnswer answer);

    /**
     * One result of a batch.
     *
     * @param eventSequence where the outcome stands, or the first one of its id
     * @param conflicting the command that was refused as IDEMPOTENCY_CONFLICT with its header; {@code null}: none was
     */
    record Item(long eventSequence, DirectBuffer conflicting) {}

    /** Tells in what tokens some holds are: the decimal places of what stands at each event sequence, -1 if none. */
    void scales(long[] eventSequences, ScalesAnswer answer);

    /**
     * Reads a movement that is to be given back.
     *
     * @param eventSequence where its outcome stands, or that of an earlier command to give it back
     */
    void original(long eventSequence, CommandId id, Viewer viewer, OriginalAnswer answer);

    /**
     * Says why a command was refused as IDEMPOTENCY_CONFLICT, comparing it with the one at {@code eventSequence}.
     *
     * @param command the refused command with its header; valid during the call only
     */
    void compareWithFirst(long eventSequence, DirectBuffer command, int offset, int length, Comparison comparison);

    /**
     * Renders one page of a wallet's transactions, newest first.
     *
     * @param walletReply a WalletReply message with its header; valid during the call only
     * @param query what the client asked for, already decoded
     */
    void transactions(
            DirectBuffer walletReply, int offset, int length, TransactionQuery query, Viewer viewer, Answer answer);

    /** Receives a rendered answer: exactly one of the two methods is called, once. */
    interface Answer {
        /**
         * Takes the answer over.
         *
         * @param status HTTP status of a REPLAY and a RESOURCE; without meaning for a BATCH_ITEM
         * @param body JSON, a problem from status 400 on; owned by the receiver from now on
         */
        void onAnswer(int status, ByteBuf body);

        /** Learns that there is none. */
        void onTrouble(Trouble trouble);
    }

    /** Receives rendered results of a batch: exactly one of the two methods is called, once. */
    interface ItemsAnswer {
        /** Takes the results over, in the order of the items. */
        void onItems(List<ByteBuf> bodies);

        /** Learns that there are none. */
        void onTrouble(Trouble trouble);
    }

    /** Receives decimal places: exactly one of the two methods is called, once. */
    interface ScalesAnswer {
        void onScales(int[] scales);

        /** Learns that there are none. */
        void onTrouble(Trouble trouble);
    }

    /** Receives a movement that is to be given back: exactly one of the two methods is called, once. */
    interface OriginalAnswer {
        /** {@code null}: it is there for this viewer, but cannot be given back. */
        void onOriginal(Original original);

        /** Learns that there is none. */
        void onTrouble(Trouble trouble);
    }

    /** Receives the comparison of two commands under one id: exactly one of the two methods is called, once. */
    interface Comparison {
        /**
         * Takes the result of the comparison.
         *
         * @param sameCaller whether both came on the same authority
         * @param field JSON name of the first field that differs, {@code null} when it could not be told
         */
        void onCompared(boolean sameCaller, String field);

        /** Learns that they could not be compared. */
        void onTrouble(Trouble trouble);
    }
}
