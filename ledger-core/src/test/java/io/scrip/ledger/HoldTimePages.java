package io.scrip.ledger;

import java.util.List;

/** Holds and time, exact to the nanosecond. */
final class HoldTimePages {
    private static final LedgerPage EDGE = LedgerPage.of("a hold is posted before its expiry and never at it", """
            wallets A=100 B
            do       | id   | by | from | to | amount | timeout | hold | outcome
            hold     | last |    | A    | B  |     10 | 5s      |      | APPLIED expires=5s
            hold     | late |    | A    | B  |     20 | 6s      |      | APPLIED expires=6s
            next at expiry of last -1ns
            post     | p1   | B  |      |    |        |         | last | APPLIED expires=1ns
            next at expiry of late
            post     | p2   | B  |      |    |        |         | late | HOLD_EXPIRED
            expired late
            do       | hold | status
            status   | last | POSTED
            status   | late | EXPIRED
            do       | id   | by | from | to | amount | timeout | hold | outcome
            void     | v    | B  |      |    |        |         | late | HOLD_EXPIRED
            extend   | e    | A  |      |    |        | 1h      | late | HOLD_EXPIRED
            post     | p3   | B  |      |    |     21 |         | late | EXCEEDS_HOLD needed=21 available=0 limit=20
            do       | wallet | posted | out | in | available
            balance  | A      |     90 |   0 |  0 |        90
            balance  | B      |     10 |   0 |  0 |        10
            """);

    private static final LedgerPage FREED =
            LedgerPage.of("what expires is there for the very command that comes then", """
            wallets A=100 B C
            do       | id    | from | to | amount | timeout | outcome
            hold     | h     | A    | B  |    100 | 5s      | APPLIED
            next at expiry of h -1ns
            transfer | early | A    | C  |    100 |         | INSUFFICIENT_FUNDS needed=100 available=0 limit=0
            next at expiry of h
            transfer | there | A    | C  |    100 |         | APPLIED from.out=0
            expired h
            do       | wallet | posted | out | in | available
            balance  | A      |      0 |   0 |  0 |         0
            balance  | B      |      0 |   0 |  0 |         0
            balance  | C      |    100 |   0 |  0 |       100
            """);

    private static final LedgerPage SHORTEST = LedgerPage.of("the shortest hold lives a nanosecond", """
            wallets A=100 B
            do       | id    | from | to | amount | timeout | outcome
            hold     | h     | A    | B  |    100 | 1ns     | APPLIED expires=1ns
            next after 1ns
            hold     | again | A    | B  |    100 | 1ns     | APPLIED
            expired h
            next after 1ns
            transfer | t     | A    | B  |    100 |         | APPLIED
            expired again
            """);

    private static final LedgerPage ORDER =
            LedgerPage.of("holds expire by deadline, then in the order they were placed", """
            wallets A=100 B
            do       | id | from | to | amount | timeout | outcome
            hold     | c  | A    | B  |      1 | 100ns   | APPLIED
            next after 1ns
            hold     | d  | A    | B  |      1 | 99ns    | APPLIED
            next after 1ns
            hold     | a  | A    | B  |      1 | 50ns    | APPLIED
            next after 1ns
            hold     | e  | A    | B  |      1 | 97ns    | APPLIED
            next after 1ns
            hold     | b  | A    | B  |      1 | 95ns    | APPLIED
            next after 1ns
            hold     | f  | A    | B  |      1 | 95ns    | APPLIED
            next after 1ns
            hold     | g  | A    | B  |      1 | 94ns    | APPLIED
            next after 1ns
            hold     | x  | A    | B  |      1 | 500ns   | APPLIED
            next after 1ns
            hold     | y  | A    | B  |      1 | 10ns    | APPLIED
            next at expiry of x -1ns
            transfer | t  | A    | B  |     10 |         | APPLIED
            expired y, a, b, c, d, e, f, g
            do       | wallet | posted | out | in
            balance  | A      |     90 |   1 |  0
            advance 1h
            expired x
            """);

    private static final LedgerPage TICK = LedgerPage.of("a tick keeps deadlines when nothing else comes", """
            wallets A=100 B
            do       | id | from | to | amount | timeout | outcome
            hold     | h  | A    | B  |     40 | 5s      | APPLIED
            hold     | g  | A    | B  |     40 | 9s      | APPLIED
            next at expiry of h -1ns
            do       | outcome
            tick     | APPLIED events=0
            expired
            next at expiry of h
            tick     | APPLIED events=0
            expired h
            do       | wallet | posted | out | in | available
            balance  | A      |    100 |  40 |  0 |        60
            advance 1h
            expired g
            do       | wallet | posted | out | in | available
            balance  | A      |    100 |   0 |  0 |       100
            balance  | B      |      0 |   0 |  0 |         0
            """);

    private static final LedgerPage EXTEND = LedgerPage.of("a hold is extended and never shortened", """
            wallets A=100 B
            do       | id | by | from | to | amount | timeout | hold | outcome
            hold     | h  |    | A    | B  |     10 | 10s     |      | APPLIED
            hold     | g  |    | A    | B  |     10 | 11s     |      | APPLIED
            next after 1s
            extend   | e1 | A  |      |    |        | 1s      | h    | APPLIED events=1
            next at expiry of h -1ns
            extend   | e2 | A  |      |    |        | 5s      | h    | APPLIED expires=5s
            advance 2s
            expired g
            next at expiry of h -1ns
            extend   | e3 | A  |      |    |        | 1ns     | h    | APPLIED expires=1ns
            next after 1ns
            extend   | e4 | A  |      |    |        | 1h      | h    | HOLD_EXPIRED
            expired h
            """);

    private static final LedgerPage EXTEND_ORDER = LedgerPage.of("an extended hold expires at its new place", """
            wallets A=100 B
            do       | id | by | from | to | amount | timeout | hold | outcome
            hold     | a  |    | A    | B  |      1 | 1s      |      | APPLIED
            hold     | b  |    | A    | B  |      1 | 2s      |      | APPLIED
            hold     | c  |    | A    | B  |      1 | 3s      |      | APPLIED
            hold     | d  |    | A    | B  |      1 | 4s      |      | APPLIED
            hold     | e  |    | A    | B  |      1 | 5s      |      | APPLIED
            extend   | ea | A  |      |    |        | 10s     | a    | APPLIED
            extend   | ec | A  |      |    |        | 4500ms  | c    | APPLIED
            void     | vb | B  |      |    |        |         | b    | APPLIED
            extend   | ee | A  |      |    |        | 20s     | e    | APPLIED
            next after 9s
            transfer | t  |    | A    | B  |      1 |         |      | APPLIED
            expired d, c
            advance 1h
            expired a, e
            do       | wallet | posted | out | in
            balance  | A      |     99 |   0 |  0
            """);

    private static final LedgerPage PART_EXPIRED = LedgerPage.of("what was captured stays, the rest expires", """
            wallets A=100 B
            do       | id | by | from | to | amount | timeout | hold | outcome
            hold     | h  |    | A    | B  |     50 | 5s      |      | APPLIED
            post     | p  | B  |      |    |     20 |         | h    | APPLIED
            advance 5s
            expired h
            do       | id | by | amount | hold | outcome
            post     | q  | B  |      1 | h    | HOLD_EXPIRED
            post     | r  | B  |     51 | h    | EXCEEDS_HOLD needed=51 available=0 limit=50
            do       | wallet | posted | out | in | available
            balance  | A      |     80 |   0 |  0 |        80
            balance  | B      |     20 |   0 |  0 |        20
            """);

    private HoldTimePages() {}

    static List<LedgerPage> all() {
        return List.of(EDGE, FREED, SHORTEST, ORDER, TICK, EXTEND, EXTEND_ORDER, PART_EXPIRED);
    }
}
