package io.scrip.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.scrip.protocol.SnapshotSection;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Nothing of the state is left out of its hash and its snapshots: every table that can be reached is in the list, every
 * other field that can change is named here with the reason why it may be left out or where it is kept.
 */
class StateCoverageTest {
    /** Follows from the rows, and is built again. */
    private static final Set<String> INDEXES = Set.of(
            "RowIndex.shards",
            "RowIndex.sizes",
            "Tokens.rowByCode",
            "IdShard.tags",
            "IdShard.used",
            "RememberedIds.tags",
            "Wallets$FirstMains.pages");
    /**
     * Means something only while one command or query is worked on, repeats what never changes, or says how large
     * something is to be made.
     */
    private static final Set<String> SCRATCH = Set.of(
            "Accounts.wantedKey",
            "Budgets.wantedKey",
            "Controls.wantedWallet",
            "Counterparties.wantedKey",
            "Holds.wantedHigh",
            "Holds.wantedLow",
            "LotSums.wantedAccount",
            "Lots.splitLow",
            "Lots.splitHigh",
            "RememberedIds.firstGroups",
            "RememberedIds.soughtHigh",
            "RememberedIds.soughtLow",
            "RememberedIds.soughtHash",
            "Tokens.lastCode",
            "Tokens.lastRow",
            "RememberedIds.foundContentHash",
            "RememberedIds.foundOutcomeAndEvent",
            "Reversals.wantedHigh",
            "RowIndex.firstSlots",
            "Reversals.wantedLow",
            "VelocityLimits.wantedKey",
            "Wallets.wantedBuffer",
            "Wallets.wantedOffset",
            "Wallets.wantedLength",
            "Undo.targets",
            "Undo.places",
            "Undo.values",
            "Undo.size",
            "Undo.depth");
    /** Written by {@link IdWindow}, {@link RememberedIds}, {@link Wallets} and the snapshot's beginning. */
    private static final Set<String> WRITTEN_BY_HAND = Set.of(
            "LedgerState.lastSequence",
            "LedgerState.lastTimestampNs",
            "LedgerState.lastEventSequence",
            "IdShard.slots",
            "IdWindow.lastEvents",
            "IdWindow.lastTimestampsNs",
            "IdWindow.greatestTimesMs",
            "IdWindow.digests",
            "IdWindow.openCount",
            "IdWindow.openFirstTimestampNs",
            "IdWindow.openLastTimestampNs",
            "IdWindow.openLastEvent",
            "IdWindow.openGreatestTimeMs",
            "IdWindow.openDigest",
            "IdWindow.forgottenEvent",
            "IdWindow.forgottenTimeMs",
            "Wallets.ownersDigest",
            "Wallets$TextStore.pages",
            "Wallets$TextStore.end");

    /** Everything of the state, as far as it is ours. */
    private static final class Walk {
        final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        final Set<RowTable> tables = Collections.newSetFromMap(new IdentityHashMap<>());
        final Set<String> changeable = new TreeSet<>();

        Walk(Object root) {
            Deque<Object> open = new ArrayDeque<>(List.of(root));
            while (!open.isEmpty()) {
                Object next = open.pop();
                if (!seen.add(next)) {
                    continue;
                }
                if (next instanceof RowTable table) {
                    tables.add(table);
                } else {
                    fields(next, open);
                }
            }
        }

        private void fields(Object owner, Deque<Object> open) {
            for (Field field : owner.getClass().getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                    Object value = value(field, owner);
                    boolean ours = value != null && value.getClass().getName().startsWith("io.scrip.ledger.");
                    boolean shards = value instanceof IdShard[];
                    if (shards) {
                        for (IdShard shard : (IdShard[]) value) {
                            if (shard != null) {
                                open.push(shard);
                            }
                        }
                    } else if (ours && !(value instanceof Record)) {
                        open.push(value);
                    } else if (!isConstant(field, value)) {
                        changeable.add(name(owner.getClass()) + "." + field.getName());
                    }
                }
            }
        }

        private static boolean isConstant(Field field, Object value) {
            boolean fixed = Modifier.isFinal(field.getModifiers());
            return fixed && (value instanceof Number || value instanceof Record || value instanceof Record[]);
        }

        private static String name(Class<?> type) {
            return type.getName().substring("io.scrip.ledger.".length());
        }
    }

    private static Object value(Field field, Object owner) {
        try {
            return field.get(owner);
        } catch (IllegalAccessException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static Object read(Object owner, String name) {
        try {
            Field field = owner.getClass().getDeclaredField(name);
            field.setAccessible(true);
            return field.get(owner);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static Map<SnapshotSection, RowTable> tables(LedgerState state) {
        Map<SnapshotSection, RowTable> tables = new LinkedHashMap<>();
        for (Object part : (Object[]) read(state, "tables")) {
            tables.put((SnapshotSection) read(part, "section"), (RowTable) read(part, "table"));
        }
        return tables;
    }

    private static LedgerState usedState() {
        TestLedger ledger = TestLedger.withWallets(5, 7);
        return (LedgerState) read(ledger.processor, "state");
    }

    @Test
    void everyTableThatCanBeReachedIsHashedAndWritten() {
        LedgerState state = usedState();
        Set<RowTable> listed = Collections.newSetFromMap(new IdentityHashMap<>());
        listed.addAll(tables(state).values());
        assertEquals(new Walk(state).tables, listed);
        assertEquals(tables(state).size(), listed.size(), "two sections hold the same table");
    }

    @Test
    void everyOtherFieldThatCanChangeIsKnown() {
        Set<String> known = new TreeSet<>(INDEXES);
        known.addAll(SCRATCH);
        known.addAll(WRITTEN_BY_HAND);
        assertEquals(known, new Walk(usedState()).changeable);
    }

    @Test
    void everySectionOfTheSchemaIsWrittenOnceAndInItsOrder() throws ReflectiveOperationException {
        List<Integer> seen = new ArrayList<>();
        for (byte[] record :
                SnapshotRecords.of(TestLedger.withWallets(1).processor).copies()) {
            if ((record[2] & 0xFF) == 251) {
                seen.add(record[8] & 0xFF);
            }
        }
        Method value = SnapshotSection.class.getMethod("value");
        List<Integer> all = new ArrayList<>();
        for (SnapshotSection section : SnapshotSection.values()) {
            if (section != SnapshotSection.NULL_VAL && section != SnapshotSection.SBE_UNKNOWN) {
                all.add(((Number) value.invoke(section)).intValue());
            }
        }
        assertEquals(all, seen);
    }

    @Test
    void aChangeOfAnyCellOfAnyTableChangesTheHashAndBackAgain() {
        LedgerState state = usedState();
        tables(state).forEach((section, table) -> {
            if (table.rows() == 0) {
                table.append();
            }
            long hash = state.hash();
            for (int row = 0; row < table.rows(); row++) {
                for (int column = 0; column < table.columns(); column++) {
                    long before = table.get(row, column);
                    table.set(row, column, before + 1);
                    assertNotEquals(hash, state.hash(), section + " row " + row + " column " + column);
                    table.setForGood(row, column, before);
                    assertEquals(hash, state.hash(), section + " row " + row + " column " + column);
                }
            }
            table.append();
            assertNotEquals(hash, state.hash(), section + " with a row more");
        });
    }

    @Test
    void everyFieldWrittenByHandChangesTheHash() throws ReflectiveOperationException {
        LedgerState state = usedState();
        Object window = read(read(state, "ids"), "window");
        for (Field field : window.getClass().getDeclaredFields()) {
            if (field.getType() == long.class && !Modifier.isStatic(field.getModifiers())) {
                changesTheHash(state, window, field);
            }
        }
        for (String name : List.of("lastSequence", "lastTimestampNs", "lastEventSequence")) {
            changesTheHash(state, state, LedgerState.class.getDeclaredField(name));
        }
    }

    private static void changesTheHash(LedgerState state, Object owner, Field field) throws IllegalAccessException {
        field.setAccessible(true);
        long hash = state.hash();
        field.setLong(owner, field.getLong(owner) + 1);
        assertNotEquals(hash, state.hash(), field.getName());
        field.setLong(owner, field.getLong(owner) - 1);
        assertEquals(hash, state.hash());
    }
}
