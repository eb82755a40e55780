package io.scrip.testkit.sim;

/** A line of the product with a mistake in it. {@code from} must stand in the file once. */
record SeededBug(String name, String module, String file, String from, String to) {
    private static final String LEDGER = "ledger-core/src/main/java/io/scrip/ledger/";
    private static final String ENGINE = "ledger-core/src/main/java/io/scrip/engine/";
    private static final String JOURNAL = "journal/src/main/java/io/scrip/journal/";

    private static SeededBug of(String name, String folder, String type, String from, String to) {
        return new SeededBug(name, folder, type, from, to);
    }

    static final SeededBug[] ALL = {
        of("the force of a batch is skipped", JOURNAL, "GenerationWriter", "device.force(file, false, filePath);", ""),
        of("a reply leaves before the force", ENGINE, "OneThreadStages", """
                        journaller.onEvent(slot, ringSequence, endOfBatch);
                        if (endOfBatch) {
                            ledger.onBatchStart(ringSequence - first + 1, 0);
                            for (long sequence = first; sequence <= ringSequence; sequence++) {
                                ledger.onEvent(ring.get(sequence), sequence, sequence == ringSequence);
                            }
                            first = -1;
                """, """
                        journaller.onEvent(slot, ringSequence, false);
                        if (endOfBatch) {
                            ledger.onBatchStart(ringSequence - first + 1, 0);
                            for (long sequence = first; sequence <= ringSequence; sequence++) {
                                ledger.onEvent(ring.get(sequence), sequence, sequence == ringSequence);
                            }
                            journaller.onEvent(slot, ringSequence, true);
                            first = -1;
                """),
        of(
                "a file begins before the one before it is forced",
                JOURNAL,
                "GenerationWriter",
                "force();\n            queue.roll();",
                "queue.roll();"),
        of(
                "records of a killed process are served unforced",
                JOURNAL,
                "ChronicleJournal",
                "        forceFound(scan.unproven());",
                ""),
        of(
                "what a device has refused is forced once more and not written once more",
                JOURNAL,
                "ChronicleJournal",
                "            device.rewrite(part.file(), part.fromBytes(), part.toBytes());",
                ""),
        of(
                "a snapshot speaks for events that were not forced",
                JOURNAL,
                "EventPlace",
                "        Device.REAL.forceRead(file);\n",
                ""),
        of(
                "the tail rule drops acknowledged records",
                JOURNAL,
                "JournalScan",
                "if (forced >= next) {",
                "if (forced > next + 1) {"),
        of(
                "the journal writes on into the reserve of a full disk",
                JOURNAL,
                "SpaceReserve",
                "if (usableBytes() < wanted) {",
                "if (usableBytes() < wanted - (3L << 20)) {"),
        of(
                "the last of three legs is dropped",
                LEDGER,
                "MultiTransferOperation",
                "posting.postLeg(decision, LegKind.TRANSFER);",
                "if (legs.hasNext() || decision.legCount < 3) { posting.postLeg(decision, LegKind.TRANSFER); }"),
        of(
                "one decision in 32 is not remembered",
                LEDGER,
                "Decider",
                "        state.ids.put(\n",
                "        if (decision.eventSequence % 32 != 0) state.ids.put(\n"),
        of(
                "ids are forgotten a segment early",
                LEDGER,
                "IdWindow",
                "retention.segmentIds() > retention.maxIds())",
                "retention.segmentIds() >= retention.maxIds())"),
        of("a floor gives way by one", LEDGER, "Posting", "if (available < debit) {", "if (available < debit - 1) {"),
        of(
                "a deadline is kept a nanosecond late",
                LEDGER,
                "Deadlines",
                "if (Math.min(holdNs, lotNs) > timestampNs) {",
                "if (Math.min(holdNs, lotNs) >= timestampNs) {"),
        of(
                "fees are rounded up",
                LEDGER,
                "Fees",
                "if (twice > MAX_BASIS_POINTS || (twice == MAX_BASIS_POINTS && (fee & 1) == 1)) {",
                "if (twice > 0) {"),
        of(
                "a reversal restores value without its lot's terms",
                LEDGER,
                "BurnDown",
                "restored.add(same).become(wanted);",
                "restored.add(same).plain();"),
        of(
                "a snapshot leaves out what was reversed",
                LEDGER,
                "LedgerState",
                "            new TableOf(SnapshotSection.REVERSALS, reversals.table()),\n",
                ""),
        of(
                "a failed chain leaves a gap in the events",
                LEDGER,
                "EventWriter",
                "        state.lastEventSequence = firstHeldSequence + mark - 1;\n",
                "")
    };

    String path() {
        return module + file + ".java";
    }

    @Override
    public String toString() {
        return name;
    }
}
