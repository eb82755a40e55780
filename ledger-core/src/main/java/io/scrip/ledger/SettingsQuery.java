package io.scrip.ledger;

import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.SettingsReplyEncoder;
import io.scrip.protocol.TransferKind;
import org.agrona.ExpandableArrayBuffer;

/** Tells what the operator has set for everybody: the tokens there are and the fees that are taken. No secret of any. */
final class SettingsQuery {
    private final LedgerState state;
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(4096);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final SettingsReplyEncoder reply = new SettingsReplyEncoder();

    SettingsQuery(LedgerState state) {
        this.state = state;
    }

    void answer(CommandReplySink sink) {
        reply.wrapAndApplyHeader(buffer, 0, header).sequence(state.lastSequence).timestamp(state.lastTimestampNs);
        SettingsReplyEncoder.TokensEncoder tokens = reply.tokensCount(state.tokens.count());
        for (int token = 0; token < state.tokens.count(); token++) {
            tokens.next()
                    .token(state.tokens.code(token))
                    .scale((short) state.tokens.scale(token))
                    .transferable((short) (state.tokens.isTransferable(token) ? 1 : 0));
        }
        writeFees();
        sink.onReply(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + reply.encodedLength());
    }

    private void writeFees() {
        int last = TransferKind.SERVICE.value();
        int count = 0;
        for (int kind = 0; kind <= last; kind++) {
            count += state.fees.current(kind) == Fees.NO_SCHEDULE ? 0 : 1;
        }
        SettingsReplyEncoder.FeesEncoder fees = reply.feesCount(count);
        for (int kind = 0; kind <= last; kind++) {
            int schedule = state.fees.current(kind);
            if (schedule != Fees.NO_SCHEDULE) {
                fees.next()
                        .kind(TransferKind.get((short) kind))
                        .payer(state.fees.payer(schedule))
                        .basisPoints(state.fees.basisPoints(schedule))
                        .minimum(state.fees.minimum(schedule))
                        .maximum(state.fees.maximum(schedule))
                        .revenueWallet(Wallets.numberOf(state.fees.revenueWallet(schedule)));
            }
        }
    }
}
