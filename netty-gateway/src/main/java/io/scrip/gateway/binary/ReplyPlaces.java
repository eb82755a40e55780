package io.scrip.gateway.binary;

import io.scrip.protocol.BatchReplyDecoder;
import io.scrip.protocol.BatchReplyDecoder.ResultsDecoder;
import io.scrip.protocol.CommandReplyDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.ReplyFlagsDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Where a reply to one command and a result of a batch keep what both have, so that both are treated alike. Immutable.
 */
record ReplyPlaces(
        int outcome,
        int flags,
        int eventSequence,
        int wallet,
        int amount,
        int fee,
        int expiresAt,
        int needed,
        int available,
        int limitValue,
        int window,
        int token) {
    /** From the begin of a CommandReply's block. */
    static final ReplyPlaces OF_COMMAND = new ReplyPlaces(
            CommandReplyDecoder.outcomeEncodingOffset(),
            CommandReplyDecoder.flagsEncodingOffset(),
            CommandReplyDecoder.eventSequenceEncodingOffset(),
            CommandReplyDecoder.walletEncodingOffset(),
            CommandReplyDecoder.amountEncodingOffset(),
            CommandReplyDecoder.feeEncodingOffset(),
            CommandReplyDecoder.expiresAtEncodingOffset(),
            CommandReplyDecoder.neededEncodingOffset(),
            CommandReplyDecoder.availableEncodingOffset(),
            CommandReplyDecoder.limitValueEncodingOffset(),
            CommandReplyDecoder.windowEncodingOffset(),
            CommandReplyDecoder.tokenEncodingOffset());

    /** From the begin of a result of a BatchReply. */
    static final ReplyPlaces OF_ITEM = new ReplyPlaces(
            ResultsDecoder.outcomeEncodingOffset(),
            ResultsDecoder.flagsEncodingOffset(),
            ResultsDecoder.eventSequenceEncodingOffset(),
            ResultsDecoder.walletEncodingOffset(),
            ResultsDecoder.amountEncodingOffset(),
            ResultsDecoder.feeEncodingOffset(),
            ResultsDecoder.expiresAtEncodingOffset(),
            ResultsDecoder.neededEncodingOffset(),
            ResultsDecoder.availableEncodingOffset(),
            ResultsDecoder.limitValueEncodingOffset(),
            ResultsDecoder.windowEncodingOffset(),
            ResultsDecoder.tokenEncodingOffset());

    /** Where a CommandReply's block begins. */
    static final int COMMAND_AT = MessageHeaderDecoder.ENCODED_LENGTH;

    private static final int FIRST_RESULT_AT =
            MessageHeaderDecoder.ENCODED_LENGTH + BatchReplyDecoder.BLOCK_LENGTH + ResultsDecoder.sbeHeaderSize();

    /** Where a result of a BatchReply begins. */
    static int resultAt(int item) {
        return FIRST_RESULT_AT + item * ResultsDecoder.sbeBlockLength();
    }

    /** How many results a BatchReply has. */
    static int results(DirectBuffer reply, int offset) {
        int at = offset + FIRST_RESULT_AT - Short.BYTES;
        return reply.getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    /** The outcome's value. */
    int outcomeOf(DirectBuffer reply, int at) {
        return reply.getByte(at + outcome) & 0xFF;
    }

    boolean isReplayed(DirectBuffer reply, int at) {
        return ReplyFlagsDecoder.replayed(reply.getByte(at + flags));
    }

    long i64(DirectBuffer reply, int at, int place) {
        return reply.getLong(at + place, ByteOrder.LITTLE_ENDIAN);
    }

    void i64(MutableDirectBuffer reply, int at, int place, long value) {
        reply.putLong(at + place, value, ByteOrder.LITTLE_ENDIAN);
    }
}
