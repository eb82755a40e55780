package io.scrip.benchmarks;

import io.scrip.ledger.CommandReplySink;
import io.scrip.ledger.LedgerProcessor;
import io.scrip.ledger.Retention;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a wallet, an account, a remembered id and a further leg of history cost the core in heap: the heap in use after
 * full collections, before and after so many of them were added and nothing else. Prints a table.
 *
 * <pre>
 *   mvn -q -B -Pfast,bench -pl benchmarks -am -DskipTests package \
 *       -Dbench.main=io.scrip.benchmarks.MemoryTable -Dbench.args='1000000 10000000'
 * </pre>
 *
 * <p>Ten million need a heap of 4 GiB; counts that do not fit are left out with a word.
 */
public final class MemoryTable {
    private static final long ID_HIGH = 0x5C21_0000_0000_4000L;
    /** A wallet with its account, and what growing needs beside it for a moment. */
    private static final long BYTES_PER_COUNT = 320;
    /** As few as can be, so that what is remembered does not grow with what is counted. */
    private static final Retention FEW_IDS = new Retention(Long.MAX_VALUE / 2, 65_536, 4_096);

    private final int count;
    private final List<Figure> rows = new ArrayList<>();

    private MemoryTable(int count) {
        this.count = count;
    }

    public static void main(String[] args) {
        System.out.printf("%-52s %20s  %s%n", "what", "measured", "target");
        for (String arg : args.length == 0 ? new String[] {"1000000"} : args) {
            for (Figure figure : measure(Integer.parseInt(arg))) {
                String measured = Figure.text(figure.value()) + " " + figure.unit();
                System.out.printf("%-52s %20s  %s %s%n", figure.name(), measured, figure.target(), figure.note());
            }
        }
    }

    /** With so many of each. */
    static List<Figure> measure(int count) {
        long neededBytes = count * BYTES_PER_COUNT;
        if (neededBytes > Runtime.getRuntime().maxMemory()) {
            String what = String.format(Locale.ROOT, "%,d accounts", count);
            return List.of(Figure.skipped("P7", what, "needs a heap of " + (neededBytes >> 20) + " MiB"));
        }
        MemoryTable table = new MemoryTable(count);
        table.measureAccounts();
        table.measureIds();
        return List.copyOf(table.rows);
    }

    private void measureAccounts() {
        LedgerProcessor processor = processor(FEW_IDS);
        FundedLedger ledger = new FundedLedger(processor);
        ledger.registerToken();
        fillIds(processor, 1 << 17);
        long empty = usedBytes();
        for (int i = 0; i < count; i++) {
            ledger.openWallet(i);
        }
        long opened = usedBytes();
        row("wallet with its owner's name", opened - empty, 0);
        for (int i = 0; i < count; i++) {
            ledger.issue(FundedLedger.wallet(i));
        }
        long funded = usedBytes();
        row("plain account", funded - opened, 128);
        TransferCommand command = new TransferCommand(FundedLedger.CRD);
        for (int i = 0; i < count; i++) {
            long from = FundedLedger.wallet(i);
            command.set(ID_HIGH, mix(i + 1L), from, FundedLedger.wallet((i + 1) % count), 1);
            apply(processor, command);
        }
        row("further leg in the history", usedBytes() - funded, 0);
        if (processor.lastEventSequence() < 3L * count
                || !processor.trialBalance().isZero()) {
            throw new IllegalStateException("not everything was applied");
        }
    }

    private void measureIds() {
        LedgerProcessor processor = processor(new Retention(Long.MAX_VALUE / 2, 1L << 30, 1L << 20));
        FundedLedger ledger = new FundedLedger(processor);
        ledger.registerToken();
        ledger.openWallet(0);
        ledger.openWallet(1);
        ledger.issue(FundedLedger.wallet(0));
        long before = usedBytes();
        fillIds(processor, count);
        row("remembered id", usedBytes() - before, 64);
        if (processor.lastEventSequence() < count) {
            throw new IllegalStateException("not everything was remembered");
        }
    }

    /** Transfers between the first two wallets, refused or not: each is remembered under an id of its own. */
    private static void fillIds(LedgerProcessor processor, int ids) {
        TransferCommand command = new TransferCommand(FundedLedger.CRD);
        for (int i = 0; i < ids; i++) {
            command.set(ID_HIGH + 1, mix(i + 1L), FundedLedger.wallet(0), FundedLedger.wallet(1), 1);
            apply(processor, command);
        }
    }

    private static void apply(LedgerProcessor processor, TransferCommand command) {
        long next = processor.lastSequence() + 1;
        processor.onCommand(next, next, command.buffer(), 0, command.lengthBytes(), CommandReplySink.NONE);
    }

    private static LedgerProcessor processor(Retention retention) {
        return new LedgerProcessor(retention, (eventSequence, event, offset, length) -> {});
    }

    /** Small tables have slack that does not shrink with what is in them: only from a million on is a target due. */
    private void row(String what, long bytes, double target) {
        String name = String.format(Locale.ROOT, "%s, of %,d", what, count);
        Figure figure = Figure.of(target > 0 ? "P7" : "", name, (double) bytes / count, "bytes");
        rows.add(target > 0 && count >= 1_000_000 ? figure.atMost(target) : figure);
    }

    /** The heap in use once nothing more can be collected. */
    private static long usedBytes() {
        Runtime runtime = Runtime.getRuntime();
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
        }
        return used;
    }

    private static long mix(long number) {
        long mixed = (number ^ (number >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
