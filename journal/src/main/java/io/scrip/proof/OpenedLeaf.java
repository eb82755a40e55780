package io.scrip.proof;

/**
 * A leaf with what it commits to. {@code null} stands for what the event does not have (a decision moves nothing, a leg
 * refuses nothing) and for what the reader may not see.
 */
public record OpenedLeaf(
        Leaf leaf,
        Opening<AccountTotals> from,
        Opening<AccountTotals> to,
        Opening<RefusalNumbers> numbers,
        Opening<Opening.Texts> texts) {

    /** The same without what is not to be shown. */
    public OpenedLeaf showing(boolean showFrom, boolean showTo, boolean showNumbers, boolean showTexts) {
        return new OpenedLeaf(
                leaf,
                showFrom ? from : null,
                showTo ? to : null,
                showNumbers ? numbers : null,
                showTexts ? texts : null);
    }
}
