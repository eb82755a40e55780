package io.scrip.ledger;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class LedgerPagesTest {
    static List<LedgerPage> pages() {
        List<LedgerPage> pages = new ArrayList<>();
        pages.addAll(WalletPages.all());
        pages.addAll(TransferPages.all());
        pages.addAll(BoundsPages.all());
        pages.addAll(HoldPages.all());
        pages.addAll(HoldTimePages.all());
        pages.addAll(MultiLegPages.all());
        pages.addAll(ReversalPages.all());
        pages.addAll(FeePages.all());
        pages.addAll(ConditionPages.all());
        pages.addAll(OverflowPages.all());
        pages.addAll(LotPages.all());
        pages.addAll(BatchPages.all());
        pages.addAll(IdempotencyPages.all());
        pages.addAll(RulePages.all());
        pages.addAll(OrderPages.all());
        return pages;
    }

    @TestFactory
    List<DynamicTest> everyRowIsAsThePageSays() {
        return tests(LedgerPage.Mode.AS_WRITTEN);
    }

    @TestFactory
    List<DynamicTest> sendingEveryCommandTwiceMakesNoDifference() {
        return tests(LedgerPage.Mode.EVERY_COMMAND_TWICE);
    }

    @TestFactory
    List<DynamicTest> tryingEveryCommandInAChainThatFailsMakesNoDifference() {
        return tests(LedgerPage.Mode.EVERY_COMMAND_FIRST_IN_A_FAILED_CHAIN);
    }

    @TestFactory
    List<DynamicTest> restartingFromASnapshotBeforeEveryCommandMakesNoDifference() {
        return tests(LedgerPage.Mode.RESTARTED_BEFORE_EVERY_COMMAND);
    }

    private static List<DynamicTest> tests(LedgerPage.Mode mode) {
        List<DynamicTest> tests = new ArrayList<>();
        for (LedgerPage page : pages()) {
            tests.add(DynamicTest.dynamicTest(page.title(), () -> page.run(mode)));
        }
        return tests;
    }
}
