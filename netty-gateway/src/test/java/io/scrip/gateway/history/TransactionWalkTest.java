package io.scrip.gateway.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.engine.PrunedHistory;
import io.scrip.gateway.http.TransactionQuery;
import io.scrip.gateway.json.TokenCodes;
import io.scrip.gateway.json.TransferJson;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionWalkTest {
    private static final long ALICE = 2;
    private static final long BOB = 3;
    private static final long CAROL = 4;

    private static final TransactionQuery ALL = page(50, null);

    private final ArrayEventLog log = new ArrayEventLog();
    private final EventScript script = new EventScript(log, "CRD", "USD", "GOV");
    private final TransactionWalk walk = new TransactionWalk(log.openReader(), 20_000);

    /** Ten legs: seven of Alice's, in two tokens, with two refusals between. */
    private void tellTheStory() {
        script.issue(ALICE, "CRD", 1_000_000); // 1
        script.issue(BOB, "CRD", 500); // 2
        script.transfer(ALICE, BOB, "CRD", 100); // 3
        script.refuse(ALICE, BOB, "CRD", 9_000_000, 5); // 4
        script.issue(ALICE, "USD", 70); // 5
        script.transfer(ALICE, CAROL, "USD", 20); // 6
        script.transfer(BOB, CAROL, "CRD", 10); // 7
        script.transfer(CAROL, ALICE, "CRD", 5); // 8
        script.refuse(CAROL, BOB, "USD", 100, 20); // 9
        script.transfer(BOB, ALICE, "CRD", 1); // 10
        script.issue(BOB, "USD", 1); // 11
        script.transfer(ALICE, CAROL, "USD", 2); // 12
    }

    @ParameterizedTest(name = "kind {0}, counterparty {1}, from {2}, to {3}: {4}")
    @CsvSource(delimiter = '|', textBlock = """
                     | 0 | 0  | 99 | 12 10 8 6 5 3 1
            issue    | 0 | 0  | 99 | 5 1
            transfer | 0 | 0  | 99 | 12 10 8 6 3
                     | 3 | 0  | 99 | 10 3
                     | 4 | 0  | 99 | 12 8 6
                     | 1 | 0  | 99 | 5 1
            transfer | 1 | 0  | 99 | none
            issue    | 3 | 0  | 99 | none
                     | 2 | 0  | 99 | none
                     | 0 | 6  | 99 | 12 10 8 6
                     | 0 | 7  | 99 | 12 10 8
                     | 0 | 0  | 12 | 10 8 6 5 3 1
                     | 0 | 0  | 13 | 12 10 8 6 5 3 1
                     | 0 | 6  | 10 | 8 6
                     | 0 | 8  | 9  | 8
                     | 0 | 8  | 8  | none
                     | 0 | 9  | 8  | none
                     | 0 | 13 | 99 | none
                     | 0 | 0  | 1  | none
            transfer | 4 | 6  | 12 | 8 6
            """)
    void shouldListNewestFirstWhatTheFiltersLeave(
            String kind, long counterparty, long fromEvent, long toEvent, String expected) {
        tellTheStory();

        TransactionQuery query = new TransactionQuery(
                50, null, kind, counterparty, EventScript.timestampOf(fromEvent), EventScript.timestampOf(toEvent));
        TransactionPage page = walk.page(script.heads(ALICE), query);

        assertEquals(expected, sequences(page));
        assertNull(page.nextCursor());
    }

    @Test
    void timeRangeIncludesItsFirstNanosecondAndExcludesItsLast() {
        tellTheStory();
        long at = EventScript.timestampOf(8);

        assertEquals("8", sequences(between(at, at + 1)));
        assertEquals("none", sequences(between(at - 1, at)));
        assertEquals("none", sequences(between(at + 1, at + 2)));
    }

    private TransactionPage between(long fromNs, long toNs) {
        return walk.page(script.heads(ALICE), new TransactionQuery(50, null, null, 0, fromNs, toNs));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 6, 7, 8})
    void pagesOfAnySizeJoinToTheWholeList(int limit) {
        tellTheStory();

        List<String> pages = new ArrayList<>();
        String cursor = null;
        do {
            TransactionPage page = walk.page(script.heads(ALICE), page(limit, cursor));
            assertTrue(page.legs().size() <= limit);
            pages.add(sequences(page));
            cursor = page.nextCursor();
        } while (cursor != null);

        assertEquals("12 10 8 6 5 3 1", String.join(" ", pages));
    }

    @Test
    void cursorGoesOnWhereItEndedWhateverIsWrittenMeanwhile() {
        tellTheStory();
        TransactionPage first = walk.page(script.heads(ALICE), page(3, null));
        assertEquals("12 10 8", sequences(first));

        for (int i = 0; i < 50; i++) {
            script.transfer(BOB, ALICE, "CRD", 1);
            script.transfer(ALICE, BOB, "USD", 1);
        }
        script.registerToken("XYZ");
        script.issue(ALICE, "XYZ", 5);
        script.issue(ALICE, "GOV", 5);

        TransactionPage second = walk.page(script.heads(ALICE), page(3, first.nextCursor()));
        assertEquals("6 5 3", sequences(second));
        assertEquals("1", sequences(walk.page(script.heads(ALICE), page(3, second.nextCursor()))));
        assertEquals("6 5 3", sequences(walk.page(script.heads(ALICE), page(3, first.nextCursor()))));
    }

    @Test
    void oneRequestReadsOnlySoManyRecordsAndSaysWhereToGoOn() {
        tellTheStory();
        TransactionWalk bounded = new TransactionWalk(log.openReader(), 3);
        TransactionQuery issuesOnly = new TransactionQuery(50, null, "issue", 0, 0, 0);
        long before = log.reads();

        TransactionPage page = bounded.page(script.heads(ALICE), issuesOnly);

        assertEquals("none", sequences(page));
        assertEquals(3, log.reads() - before);
        assertNotNull(page.nextCursor());
        TransactionQuery goOn = new TransactionQuery(50, page.nextCursor(), "issue", 0, 0, 0);
        assertEquals("5", sequences(bounded.page(script.heads(ALICE), goOn)));
    }

    @Test
    void aPageEndsBeforeWhatWasPrunedAndTheNextOneCannotBeGiven() {
        tellTheStory();
        List<StoredLeg> all = walk.page(script.heads(ALICE), ALL).legs();
        long kept = all.get(1).eventSequence();
        log.pruneBefore(kept);
        TransactionPage page = walk.page(script.heads(ALICE), ALL);
        assertEquals(2, page.legs().size());
        assertThrows(PrunedHistory.class, () -> walk.page(script.heads(ALICE), page(3, page.nextCursor())));
    }

    @ParameterizedTest(name = "{0} events, every {1}th is Alice''s")
    @CsvSource({"1000, 10", "1000, 2", "100000, 10", "100000, 1000", "100000, 2"})
    void newestPageCostsItsOwnLegsHoweverMuchHasHappened(int events, int step) {
        for (int i = 1; i <= events; i++) {
            if (i % step == 0) {
                script.issue(ALICE, "CRD", 1);
            } else {
                script.issue(i % 3 == 0 ? BOB : CAROL, "CRD", 1);
            }
        }
        assertEquals(events, log.lastEventSequence());
        AccountHeads heads = script.heads(ALICE);
        long before = log.reads();

        TransactionPage newest = walk.page(heads, page(50, null));
        long newestReads = log.reads() - before;
        TransactionPage second = walk.page(heads, page(50, newest.nextCursor()));

        assertEquals(50, newest.legs().size());
        assertEquals(50, newestReads);
        assertEquals(50, second.legs().size());
        assertEquals(50, log.reads() - before - newestReads);
    }

    @Test
    void listingStopsAtTheFirstLegThatIsTooOld() {
        tellTheStory();
        long before = log.reads();

        TransactionPage page = between(EventScript.timestampOf(10), 0);

        assertEquals("12 10", sequences(page));
        assertNull(page.nextCursor());
        assertEquals(3, log.reads() - before);
    }

    @Test
    void walletWithoutLegsHasOneEmptyPage() {
        tellTheStory();

        TransactionPage page = walk.page(script.heads(77), ALL);

        assertEquals("none", sequences(page));
        assertNull(page.nextCursor());
    }

    @Test
    void aLegShowsWhatTheCommandSaid() {
        script.transfer(ALICE, BOB, "CRD", 100, "order 7", "{\"a\":1}");

        StoredLeg leg = walk.page(script.heads(BOB), ALL).legs().get(0);

        assertEquals(TransferJson.Kind.TRANSFER, leg.kind());
        assertEquals(100, leg.amount());
        assertEquals(TokenCodes.parse("CRD"), leg.token());
        StoredCommand.Transfer command = (StoredCommand.Transfer) leg.command();
        assertEquals("order 7", command.reference());
        assertEquals("{\"a\":1}", command.metadata());
        assertEquals(100, leg.mainBalancesOf(BOB).creditsPosted());
        assertEquals(100, leg.mainBalancesOf(ALICE).debitsPosted());
    }

    @Test
    void everyForgedPositionIsRefusedOrLeadsToTheWalletsOwnLegs() {
        tellTheStory();
        AccountHeads heads = script.heads(ALICE);
        List<Long> own = script.movements().stream()
                .filter(movement -> movement.touches(ALICE))
                .map(EventScript.Movement::eventSequence)
                .toList();
        int refused = 0;
        for (long crd = 0; crd <= 14; crd++) {
            for (long usd = 0; usd <= 14; usd++) {
                String forged = Cursor.write(heads, new long[] {crd, usd, 0});
                try {
                    TransactionPage page = walk.page(heads, page(50, forged));
                    page.legs().forEach(leg -> assertTrue(own.contains(leg.eventSequence()), forged));
                } catch (BadCursor expected) {
                    refused++;
                }
            }
        }
        // CRD may stand at 0, 1, 3, 8, 10 and USD at 0, 5, 6, 12: only these 20 pairs are somewhere on the chains.
        // Both at 0 is no cursor.
        assertEquals(15 * 15 - 20 + 1, refused);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "A",
                "!!!!",
                "AQ",
                "AgEB",
                "AQA",
                "AQEBAQ",
                "AQT_____",
                "AQP___________wEBAQ",
                "AQMBAQEAAAAAAAAAAAAAAAAAAAAAAAAA",
                "AQMKBgAA",
                "\u00e4"
            })
    void textThatIsNoCursorIsRefused(String text) {
        tellTheStory();
        assertThrows(BadCursor.class, () -> walk.page(script.heads(ALICE), page(50, text)));
    }

    @Test
    void randomBytesNeverShowAForeignLegNorFailOtherwise() {
        tellTheStory();
        Random random = new Random(20_261_121);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[1 + random.nextInt(8)];
            random.nextBytes(bytes);
            bytes[0] = 1;
            if (bytes.length > 1) {
                bytes[1] = (byte) random.nextInt(5);
            }
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            try {
                walk.page(script.heads(ALICE), page(50, text)).legs().forEach(leg -> {
                    if (leg.from() != ALICE && leg.to() != ALICE) {
                        throw new IllegalStateException("foreign leg through " + text);
                    }
                });
            } catch (BadCursor expected) {
                assertNotNull(expected.getMessage());
            }
        }
    }

    @Test
    void pagesOfARandomHistoryEqualANaiveFilter() {
        for (int seed = 1; seed <= 20; seed++) {
            compareWithNaiveFilter(seed);
        }
    }

    private static void compareWithNaiveFilter(int seed) {
        Random random = new Random(seed);
        ArrayEventLog log = new ArrayEventLog();
        EventScript script = new EventScript(log, "CRD", "USD", "GOV", "ACT");
        String[] tokens = {"CRD", "USD", "GOV", "ACT"};
        for (int i = 0; i < 400; i++) {
            long to = 2L + random.nextInt(5);
            String token = tokens[random.nextInt(4)];
            switch (random.nextInt(6)) {
                case 0 -> script.issue(to, token, 1 + random.nextInt(9));
                case 1 -> script.refuse(to, to + 1, token, 5, 1);
                case 2 -> script.within(to, random.nextInt(3), 3 + random.nextInt(2), token, 1);
                default -> script.transfer(to + 1, to, token, 1 + random.nextInt(9));
            }
        }
        TransactionWalk walk = new TransactionWalk(log.openReader(), 1 + random.nextInt(60));
        for (int i = 0; i < 20; i++) {
            long wallet = 1L + random.nextInt(8);
            String kind = random.nextInt(3) == 0 ? (random.nextBoolean() ? "issue" : "transfer") : null;
            long counterparty = random.nextInt(3) == 0 ? 1L + random.nextInt(8) : 0;
            long from = EventScript.timestampOf(random.nextInt(300)) + random.nextInt(3) - 1;
            long to = from + random.nextInt(400) * EventScript.STEP_NS;
            List<Long> naive = new ArrayList<>(script.movements().stream()
                    .filter(m -> m.touches(wallet)
                            && (kind == null || kind.equals(m.kind().code()))
                            && (counterparty == 0 || counterparty == (m.to() == wallet ? m.from() : m.to()))
                            && m.timestampNs() >= from
                            && m.timestampNs() < to)
                    .map(EventScript.Movement::eventSequence)
                    .toList());
            Collections.reverse(naive);

            List<Long> paged = new ArrayList<>();
            String cursor = null;
            do {
                TransactionPage page = walk.page(
                        script.heads(wallet),
                        new TransactionQuery(1 + random.nextInt(9), cursor, kind, counterparty, from, to));
                page.legs().forEach(leg -> paged.add(leg.eventSequence()));
                cursor = page.nextCursor();
                script.transfer(2L + random.nextInt(6), 1, "CRD", 1);
            } while (cursor != null);

            assertEquals(naive, paged, "seed " + seed);
        }
    }

    private static TransactionQuery page(int limit, String cursor) {
        return new TransactionQuery(limit, cursor, null, 0, 0, 0);
    }

    private static String sequences(TransactionPage page) {
        if (page.legs().isEmpty()) {
            return "none";
        }
        return String.join(
                " ",
                page.legs().stream()
                        .map(leg -> Long.toString(leg.eventSequence()))
                        .toList());
    }
}
