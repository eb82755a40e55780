package io.scrip.ledger;

import io.scrip.protocol.BatchReplyEncoder;
import io.scrip.protocol.CommandReplyEncoder;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.Outcome;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Encodes the replies to commands, by hand at the places that the schema gives, for one is written with every command:
 * {@link LittleEndian} says why.
 */
final class ReplyWriter {
    private static final int BLOCK = MessageHeaderEncoder.ENCODED_LENGTH;
    private static final int REPLY_BYTES = BLOCK + CommandReplyEncoder.BLOCK_LENGTH;
    private static final long HEADER =
            LittleEndian.header(CommandReplyEncoder.BLOCK_LENGTH, CommandReplyEncoder.TEMPLATE_ID);
    private static final int RESULTS_START = BLOCK + BatchReplyEncoder.BLOCK_LENGTH;
    private static final int INITIAL_BATCH_BYTES = 4096;
    private static final int REPLAYED = 1;
    private static final int DRY_RUN = 2;

    private static final int ID = BLOCK + CommandReplyEncoder.idEncodingOffset();
    private static final int OUTCOME = BLOCK + CommandReplyEncoder.outcomeEncodingOffset();
    private static final int FLAGS = BLOCK + CommandReplyEncoder.flagsEncodingOffset();
    private static final int COMMAND_TEMPLATE_ID = BLOCK + CommandReplyEncoder.commandTemplateIdEncodingOffset();
    private static final int SEQUENCE = BLOCK + CommandReplyEncoder.sequenceEncodingOffset();
    private static final int TIMESTAMP = BLOCK + CommandReplyEncoder.timestampEncodingOffset();
    private static final int EVENT_SEQUENCE = BLOCK + CommandReplyEncoder.eventSequenceEncodingOffset();
    private static final int WALLET = BLOCK + CommandReplyEncoder.walletEncodingOffset();
    private static final int AMOUNT = BLOCK + CommandReplyEncoder.amountEncodingOffset();
    private static final int FEE = BLOCK + CommandReplyEncoder.feeEncodingOffset();
    private static final int FEE_PAYER = BLOCK + CommandReplyEncoder.feePayerEncodingOffset();
    private static final int EXPIRES_AT = BLOCK + CommandReplyEncoder.expiresAtEncodingOffset();
    private static final int NEEDED = BLOCK + CommandReplyEncoder.neededEncodingOffset();
    private static final int AVAILABLE = BLOCK + CommandReplyEncoder.availableEncodingOffset();
    private static final int LIMIT = BLOCK + CommandReplyEncoder.limitValueEncodingOffset();
    private static final int FROM_BALANCES = BLOCK + CommandReplyEncoder.fromBalancesEncodingOffset();
    private static final int TO_BALANCES = BLOCK + CommandReplyEncoder.toBalancesEncodingOffset();
    private static final int WINDOW = BLOCK + CommandReplyEncoder.windowEncodingOffset();
    private static final int TOKEN = BLOCK + CommandReplyEncoder.tokenEncodingOffset();

    private final LedgerState state;
    private final byte[] bytes = new byte[REPLY_BYTES];
    private final UnsafeBuffer reply = new UnsafeBuffer(bytes);
    private byte[] batchBytes = new byte[INITIAL_BATCH_BYTES];
    private final UnsafeBuffer batchReply = new UnsafeBuffer(batchBytes);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final BatchReplyEncoder batchEncoder = new BatchReplyEncoder();
    private final Decision refusal;

    ReplyWriter(LedgerState state) {
        this.state = state;
        refusal = new Decision(state);
    }

    void writeDecision(Decision decision, int templateId, CommandReplySink sink) {
        if (sink == CommandReplySink.NONE) {
            return;
        }
        boolean moved = decision.hasMovement && !decision.replayed;
        LittleEndian.putLong(bytes, 0, HEADER);
        LegRecord.putId(bytes, ID, decision.idHigh, decision.idLow);
        bytes[OUTCOME] = (byte) decision.outcome.value();
        bytes[FLAGS] = (byte) ((decision.replayed ? REPLAYED : 0) | (decision.dryRun ? DRY_RUN : 0));
        LittleEndian.putShort(bytes, COMMAND_TEMPLATE_ID, templateId);
        LittleEndian.putLong(bytes, SEQUENCE, decision.sequence);
        LittleEndian.putLong(bytes, TIMESTAMP, decision.timestampNs);
        LittleEndian.putLong(bytes, EVENT_SEQUENCE, decision.eventSequence);
        LittleEndian.putLong(bytes, WALLET, decision.wallet);
        LittleEndian.putLong(bytes, AMOUNT, moved ? decision.amount : 0);
        LittleEndian.putLong(bytes, FEE, moved ? decision.fee : 0);
        bytes[FEE_PAYER] = (byte) decision.feePayer.value();
        LittleEndian.putLong(bytes, EXPIRES_AT, moved ? decision.expiresNs : 0);
        LittleEndian.putLong(bytes, NEEDED, decision.needed);
        LittleEndian.putLong(bytes, AVAILABLE, decision.available);
        LittleEndian.putLong(bytes, LIMIT, decision.limit);
        LegRecord.putBalances(bytes, FROM_BALANCES, state, moved ? decision.from.row : Accounts.UNTOUCHED);
        LegRecord.putBalances(bytes, TO_BALANCES, state, moved ? decision.to.row : Accounts.UNTOUCHED);
        bytes[WINDOW] = (byte) decision.window.value();
        LittleEndian.putLong(bytes, TOKEN, decision.token);
        sink.onReply(reply, 0, REPLY_BYTES);
    }

    /** Of what is no command at all, or of a query; as of the last command. */
    void writeRefusal(Outcome outcome, long idHigh, long idLow, int templateId, CommandReplySink sink) {
        refusal.begin(state.lastSequence, state.lastTimestampNs);
        refusal.idHigh = idHigh;
        refusal.idLow = idLow;
        refusal.refuse(outcome);
        writeDecision(refusal, templateId, sink);
    }

    void writeBatch(Decision decision, BatchResults results, CommandReplySink sink) {
        if (sink == CommandReplySink.NONE) {
            return;
        }
        int lengthBytes = RESULTS_START + results.encodedLength();
        if (lengthBytes > batchBytes.length) {
            batchBytes = new byte[Math.max(lengthBytes, 2 * batchBytes.length)];
            batchReply.wrap(batchBytes);
        }
        batchEncoder
                .wrapAndApplyHeader(batchReply, 0, header)
                .outcome(Outcome.APPLIED)
                .sequence(decision.sequence)
                .timestamp(decision.timestampNs);
        results.put(batchBytes, RESULTS_START);
        sink.onReply(batchReply, 0, lengthBytes);
    }
}
