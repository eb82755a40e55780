package io.scrip.ledger;

import io.scrip.protocol.AllowCounterpartyDecoder;
import io.scrip.protocol.ChangeStatusDecoder;
import io.scrip.protocol.ExtendHoldDecoder;
import io.scrip.protocol.IssueDecoder;
import io.scrip.protocol.KillSwitchDecoder;
import io.scrip.protocol.MultiTransferDecoder;
import io.scrip.protocol.OpenWalletDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.PostHoldDecoder;
import io.scrip.protocol.RegisterOperatorKeyDecoder;
import io.scrip.protocol.RegisterTokenDecoder;
import io.scrip.protocol.RemoveCounterpartyDecoder;
import io.scrip.protocol.ReverseDecoder;
import io.scrip.protocol.SetBoundsDecoder;
import io.scrip.protocol.SetBudgetDecoder;
import io.scrip.protocol.SetFeeDecoder;
import io.scrip.protocol.SetLimitDecoder;
import io.scrip.protocol.SetParentDecoder;
import io.scrip.protocol.TransferDecoder;
import io.scrip.protocol.VoidHoldDecoder;
import org.agrona.DirectBuffer;

/**
 * Decides one well-formed command: has its id been decided before, and if not, what does its operation say; then
 * remembers the outcome. Exactly one event is written per new decision that moves nothing, one per leg otherwise.
 */
final class Decider {
    /** A UUIDv7 further ahead of journal time than this is refused: it could outlive what is remembered. */
    private static final long FUTURE_TOLERANCE_MS = 60_000;

    private final LedgerState state;
    private final EventWriter events;
    private final TransferOperation transfer;
    private final MultiTransferOperation multiTransfer;
    private final HoldOperations holds;
    private final ReverseOperation reverse;
    private final Deadlines deadlines;
    private final IssueOperation issue;
    private final OpenWalletOperation openWallet;
    private final AccountOperations accounts;
    private final SetFeeOperation setFee;
    private final CapOperations caps;
    private final ControlOperations controls;
    private final RegisterTokenOperation registerToken;
    private final RegisterOperatorKeyOperation registerOperatorKey;

    Decider(LedgerState state, EventWriter events) {
        this.state = state;
        this.events = events;
        Posting posting = new Posting(state, events);
        transfer = new TransferOperation(state, posting);
        multiTransfer = new MultiTransferOperation(state, posting, events);
        holds = new HoldOperations(state, posting);
        deadlines = new Deadlines(state, posting, holds);
        reverse = new ReverseOperation(state, posting, events);
        issue = new IssueOperation(state, posting);
        openWallet = new OpenWalletOperation(state);
        accounts = new AccountOperations(state);
        setFee = new SetFeeOperation(state);
        caps = new CapOperations(state);
        controls = new ControlOperations(state);
        registerToken = new RegisterTokenOperation(state);
        registerOperatorKey = new RegisterOperatorKeyOperation(state);
    }

    Outcome decide(DirectBuffer buffer, int offset, int length, Decision decision) {
        decision.command(buffer, offset, length);
        long contentHash = contentHash(buffer, offset, length);
        if (state.ids.find(decision.idHigh, decision.idLow)) {
            return repeat(contentHash, decision);
        }
        if (isUntimely(decision)) {
            return decision.outcome;
        }
        long eventBefore = state.lastEventSequence;
        apply(decision);
        remember(contentHash, eventBefore, decision);
        return decision.outcome;
    }

    /**
     * Remembers an item of a failed chain with the refusal that the decision already holds, unless its id was known
     * before or may not be remembered at all.
     */
    void decideRefused(DirectBuffer buffer, int offset, int length, Decision decision) {
        decision.command(buffer, offset, length);
        long contentHash = contentHash(buffer, offset, length);
        if (state.ids.find(decision.idHigh, decision.idLow)) {
            repeat(contentHash, decision);
        } else if (!isUntimely(decision)) {
            remember(contentHash, state.lastEventSequence, decision);
        }
    }

    /**
     * Applies a transfer, lets {@code look} see what has become of it, and takes everything back: so a dry run cannot
     * differ from what it foretells. The decision's timestamp is the newest the core knows.
     */
    void project(DirectBuffer buffer, int offset, int length, Decision decision, Runnable look) {
        decision.command(buffer, offset, length);
        int undoMark = state.undo.begin();
        int eventMark = events.hold();
        transfer.apply(decision);
        decision.eventSequence = 0;
        look.run();
        state.undo.rollback(undoMark);
        events.drop(eventMark);
    }

    /** Keeps every deadline up to a command's timestamp. */
    void keepDeadlines(long sequence, long timestampNs) {
        deadlines.keep(sequence, timestampNs);
    }

    /**
     * A UUIDv7 from a time whose ids may be forgotten, or from the future: not remembered either, for a time far ahead
     * would one day make every id of today look too old. Any other id too, when it is forgotten but its hold is not:
     * a hold outlives the memory of ids, and no two may have the same.
     */
    private boolean isUntimely(Decision decision) {
        if (state.ids.isTooOld(decision.idHigh, decision.idLow)) {
            decision.refuse(Outcome.ID_TOO_OLD);
            return true;
        }
        if (state.holds.find(decision.idHigh, decision.idLow) >= 0) {
            decision.refuse(Outcome.ID_TOO_OLD);
            return true;
        }
        if (RememberedIds.isUuid7(decision.idHigh, decision.idLow)
                && RememberedIds.timeMs(decision.idHigh) > decision.timestampNs / 1_000_000 + FUTURE_TOLERANCE_MS) {
            decision.refuse(Outcome.ID_IN_FUTURE);
            return true;
        }
        return false;
    }

    private Outcome repeat(long contentHash, Decision decision) {
        decision.eventSequence = state.ids.eventSequence();
        if (state.ids.contentHash() != contentHash) {
            return decision.refuse(Outcome.IDEMPOTENCY_CONFLICT);
        }
        decision.replayed = true;
        return decision.refuse(Outcome.get((short) state.ids.outcome()));
    }

    private void apply(Decision decision) {
        switch (MessageShape.templateId(decision.command, decision.commandOffset)) {
            case TransferDecoder.TEMPLATE_ID -> transfer.apply(decision);
            case MultiTransferDecoder.TEMPLATE_ID -> multiTransfer.apply(decision);
            case PostHoldDecoder.TEMPLATE_ID -> holds.post(decision);
            case VoidHoldDecoder.TEMPLATE_ID -> holds.voidHold(decision);
            case ExtendHoldDecoder.TEMPLATE_ID -> holds.extend(decision);
            case ReverseDecoder.TEMPLATE_ID -> reverse.apply(decision);
            case IssueDecoder.TEMPLATE_ID -> issue.apply(decision);
            case OpenWalletDecoder.TEMPLATE_ID -> openWallet.apply(decision);
            case ChangeStatusDecoder.TEMPLATE_ID -> accounts.changeStatus(decision);
            case SetBoundsDecoder.TEMPLATE_ID -> accounts.setBounds(decision);
            case SetFeeDecoder.TEMPLATE_ID -> setFee.apply(decision);
            case SetLimitDecoder.TEMPLATE_ID -> caps.setLimit(decision);
            case SetBudgetDecoder.TEMPLATE_ID -> caps.setBudget(decision);
            case SetParentDecoder.TEMPLATE_ID -> controls.setParent(decision);
            case AllowCounterpartyDecoder.TEMPLATE_ID -> controls.allowCounterparty(decision);
            case RemoveCounterpartyDecoder.TEMPLATE_ID -> controls.removeCounterparty(decision);
            case KillSwitchDecoder.TEMPLATE_ID -> controls.killSwitch(decision);
            case RegisterTokenDecoder.TEMPLATE_ID -> registerToken.apply(decision);
            case RegisterOperatorKeyDecoder.TEMPLATE_ID -> registerOperatorKey.apply(decision);
            default -> throw new LedgerFault("a template that the shape check should have refused");
        }
    }

    private void remember(long contentHash, long eventBefore, Decision decision) {
        if (state.lastEventSequence == eventBefore) {
            decision.eventSequence = eventBefore + 1;
            events.writeDecision(decision);
        }
        if (decision.eventSequence != eventBefore + 1) {
            throw new LedgerFault("the first event of a decision is not the next one");
        }
        state.ids.put(
                decision.idHigh,
                decision.idLow,
                contentHash,
                decision.outcome.value(),
                decision.eventSequence,
                decision.timestampNs);
    }

    /** Over everything the client chose: all bytes after the header, but for the key hash of a new wallet. */
    private static long contentHash(DirectBuffer buffer, int offset, int length) {
        int templateId = MessageShape.templateId(buffer, offset);
        if (templateId != OpenWalletDecoder.TEMPLATE_ID) {
            return Hashing.ofBytes(
                    templateId, buffer, offset + MessageShape.HEADER_BYTES, length - MessageShape.HEADER_BYTES);
        }
        int idAndCaller = MessageShape.CALLER_END_OFFSET - MessageShape.HEADER_BYTES;
        long head = Hashing.ofBytes(templateId, buffer, offset + MessageShape.HEADER_BYTES, idAndCaller);
        int afterKey = OpenWalletOperation.CONTENT_AFTER_KEY;
        return Hashing.ofBytes(head, buffer, offset + afterKey, length - afterKey);
    }
}
