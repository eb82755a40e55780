package io.scrip.testkit.model;

import io.scrip.protocol.AllowCounterpartyDecoder;
import io.scrip.protocol.ChangeStatusDecoder;
import io.scrip.protocol.ExtendHoldDecoder;
import io.scrip.protocol.IssueDecoder;
import io.scrip.protocol.KillSwitchDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.MultiTransferDecoder;
import io.scrip.protocol.OpenWalletDecoder;
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

/** Hands a well-formed command to what it means. */
final class NaiveOperations {
    private final NaiveTransfers transfers;
    private final NaiveReversals reversals;
    private final NaiveHolds holds;
    private final NaiveSettings settings;
    private final NaiveControls controls;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();

    NaiveOperations(NaiveBooks books, NaiveLots lots, NaiveRules rules, NaiveHolds holds) {
        this.holds = holds;
        transfers = new NaiveTransfers(books, lots, rules);
        reversals = new NaiveReversals(books, transfers, lots, rules);
        settings = new NaiveSettings(books);
        controls = new NaiveControls(books, rules);
    }

    /** Applies it or throws why not; what was written by then is for the caller to take back. */
    void apply(DirectBuffer buffer, int offset, Movement movement) {
        switch (header.wrap(buffer, offset).templateId()) {
            case TransferDecoder.TEMPLATE_ID ->
                transfers.transfer(new TransferDecoder().wrapAndApplyHeader(buffer, offset, header), movement);
            case MultiTransferDecoder.TEMPLATE_ID ->
                transfers.multiTransfer(
                        new MultiTransferDecoder().wrapAndApplyHeader(buffer, offset, header), movement);
            case IssueDecoder.TEMPLATE_ID ->
                transfers.issue(new IssueDecoder().wrapAndApplyHeader(buffer, offset, header), movement);
            case ReverseDecoder.TEMPLATE_ID ->
                reversals.reverse(new ReverseDecoder().wrapAndApplyHeader(buffer, offset, header), movement);
            case PostHoldDecoder.TEMPLATE_ID ->
                holds.post(new PostHoldDecoder().wrapAndApplyHeader(buffer, offset, header), movement);
            case VoidHoldDecoder.TEMPLATE_ID ->
                holds.voidHold(new VoidHoldDecoder().wrapAndApplyHeader(buffer, offset, header), movement);
            case ExtendHoldDecoder.TEMPLATE_ID ->
                holds.extend(new ExtendHoldDecoder().wrapAndApplyHeader(buffer, offset, header), movement);
            default -> set(buffer, offset, movement);
        }
    }

    private void set(DirectBuffer buffer, int offset, Movement movement) {
        switch (header.wrap(buffer, offset).templateId()) {
            case OpenWalletDecoder.TEMPLATE_ID ->
                settings.openWallet(new OpenWalletDecoder().wrapAndApplyHeader(buffer, offset, header), movement);
            case RegisterTokenDecoder.TEMPLATE_ID ->
                settings.registerToken(new RegisterTokenDecoder().wrapAndApplyHeader(buffer, offset, header));
            case RegisterOperatorKeyDecoder.TEMPLATE_ID ->
                settings.registerOperatorKey(
                        new RegisterOperatorKeyDecoder().wrapAndApplyHeader(buffer, offset, header));
            case SetBoundsDecoder.TEMPLATE_ID ->
                settings.setBounds(new SetBoundsDecoder().wrapAndApplyHeader(buffer, offset, header), movement);
            case ChangeStatusDecoder.TEMPLATE_ID ->
                settings.changeStatus(new ChangeStatusDecoder().wrapAndApplyHeader(buffer, offset, header), movement);
            case SetFeeDecoder.TEMPLATE_ID ->
                settings.setFee(new SetFeeDecoder().wrapAndApplyHeader(buffer, offset, header), movement);
            case SetParentDecoder.TEMPLATE_ID ->
                controls.setParent(new SetParentDecoder().wrapAndApplyHeader(buffer, offset, header), movement);
            case SetLimitDecoder.TEMPLATE_ID ->
                controls.setLimit(new SetLimitDecoder().wrapAndApplyHeader(buffer, offset, header), movement);
            case SetBudgetDecoder.TEMPLATE_ID ->
                controls.setBudget(new SetBudgetDecoder().wrapAndApplyHeader(buffer, offset, header), movement);
            case AllowCounterpartyDecoder.TEMPLATE_ID ->
                controls.allow(new AllowCounterpartyDecoder().wrapAndApplyHeader(buffer, offset, header), movement);
            case RemoveCounterpartyDecoder.TEMPLATE_ID ->
                controls.remove(new RemoveCounterpartyDecoder().wrapAndApplyHeader(buffer, offset, header), movement);
            case KillSwitchDecoder.TEMPLATE_ID ->
                controls.killSwitch(new KillSwitchDecoder().wrapAndApplyHeader(buffer, offset, header), movement);
            default -> throw new IllegalArgumentException("the model does not know template " + header.templateId());
        }
    }
}
