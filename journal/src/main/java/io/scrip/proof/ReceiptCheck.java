package io.scrip.proof;

import java.util.List;

/**
 * Checks a receipt as anybody can who has nothing but the receipt and the public key. Needs no ledger, no clock and no
 * network.
 */
public final class ReceiptCheck {

    /** What is checked, in this order. */
    public enum Step {
        TOGETHER("the records are not of one command"),
        BALANCE("a balance is not the one that was committed to"),
        TEXTS("reference or metadata are not what was committed to"),
        NUMBERS("the numbers of the refusal are not what was committed to"),
        PATH("the record and its path do not lead to the signed root"),
        SIGNATURE("the statement about the root is not signed by the key");

        private final String words;

        Step(String words) {
            this.words = words;
        }

        /** What is wrong when the step fails. */
        public String words() {
            return words;
        }
    }

    /**
     * The first step that failed.
     *
     * @param record which record, from 0
     */
    public record Fault(int record, Step step) {}

    private ReceiptCheck() {}

    /** The first thing that is wrong; null when everything holds. The records are at least one. */
    public static Fault check(List<Proof> records) {
        for (int i = 0; i < records.size(); i++) {
            Step failed = failedStep(records.get(i), i == 0 ? null : records.get(i - 1));
            if (failed != null) {
                return new Fault(i, failed);
            }
        }
        return null;
    }

    private static Step failedStep(Proof proof, Proof before) {
        Leaf leaf = proof.opened().leaf();
        if (before != null && !belongTogether(before.opened().leaf(), leaf)) {
            return Step.TOGETHER;
        }
        OpenedLeaf opened = proof.opened();
        if (!opens(opened.from(), leaf.first(), leaf.leg()) || !opens(opened.to(), leaf.second(), leaf.leg())) {
            return Step.BALANCE;
        }
        Opening<Opening.Texts> texts = opened.texts();
        if (texts != null
                && !Commitment.isEqual(
                        leaf.leg() ? leaf.third() : leaf.second(),
                        Commitment.ofTexts(
                                texts.salt(),
                                texts.value().reference(),
                                texts.value().metadata()))) {
            return Step.TEXTS;
        }
        Opening<RefusalNumbers> numbers = opened.numbers();
        if (numbers != null
                && (leaf.leg()
                        || !Commitment.isEqual(leaf.first(), Commitment.ofNumbers(numbers.salt(), numbers.value())))) {
            return Step.NUMBERS;
        }
        if (!proof.leadsToRoot()) {
            return Step.PATH;
        }
        Statement statement = proof.statement();
        return SigningKey.isSignature(proof.publicKey(), statement.hash(), statement.signature())
                ? null
                : Step.SIGNATURE;
    }

    private static boolean opens(Opening<AccountTotals> opening, byte[] commitment, boolean isLeg) {
        return opening == null
                || (isLeg && Commitment.isEqual(commitment, Commitment.ofBalances(opening.salt(), opening.value())));
    }

    /** Legs of one command stand one after the other; a receipt may leave some out. */
    private static boolean belongTogether(Leaf before, Leaf leaf) {
        return before.leg()
                && leaf.leg()
                && before.sequence() == leaf.sequence()
                && before.timestampNs() == leaf.timestampNs()
                && before.idHigh() == leaf.idHigh()
                && before.idLow() == leaf.idLow()
                && before.legCount() == leaf.legCount()
                && leaf.legIndex() > before.legIndex()
                && leaf.eventSequence() - before.eventSequence() == leaf.legIndex() - before.legIndex();
    }
}
