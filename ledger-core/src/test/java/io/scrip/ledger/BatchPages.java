package io.scrip.ledger;

import java.util.List;

/** Batches and chains, above all what a chain that fails must leave untouched. */
final class BatchPages {
    private static final LedgerPage ITEMS = LedgerPage.of("items of a batch succeed and fail each for itself", """
            wallets A=100 B C
            do         | id  | by | from | to | amount | timeout | hold | outcome
            batch      |     | A  |      |    |        |         |      |
            - transfer | t1  | A  | A    | B  |     60 |         |      | APPLIED amount=60 events=1
            - transfer | t2  | A  | A    | C  |     60 |         |      | INSUFFICIENT_FUNDS needed=60 available=40 limit=0 amount=0
            - hold     | h   | A  | A    | B  |     30 | 1h      |      | APPLIED amount=30 fee=0 expires=1h
            - post     | p   | A  |      |    |     10 |         | h    | APPLIED amount=10
            - extend   | e   | A  |      |    |        | 2h      | h    | APPLIED amount=0 expires=2h
            - void     | v   | A  |      |    |        |         | h    | NOT_AUTHORIZED amount=0
            - post     | p2  | A  |      |    |     21 |         | h    | EXCEEDS_HOLD needed=21 available=20 limit=30
            - multi    | m   | A  |      |    |        |         |      | APPLIED events=2
            leg        |     |    | A    | B  |      5 |         |      |
            leg        |     |    | A    | C  |      4 |         |      |
            - multi    | m2  | A  |      |    |        |         |      | INSUFFICIENT_FUNDS needed=2 available=0 amount=0
            leg        |     |    | A    | B  |      1 |         |      |
            leg        |     |    | A    | C  |      2 |         |      |
            - transfer | t1  | A  | A    | B  |     60 |         |      | replayed APPLIED amount=0
            - transfer | t1  | A  | A    | B  |     61 |         |      | IDEMPOTENCY_CONFLICT
            do       | wallet | posted | out | in | available
            balance  | A      |     21 |  20 |  0 |         1
            balance  | B      |     75 |   0 | 20 |        75
            balance  | C      |      4 |   0 |  0 |         4
            """);

    private static final LedgerPage CHAINS = LedgerPage.of("a chain is applied whole or not at all", """
            wallets A=100 B C
            do         | id  | by | from | to | amount | outcome
            batch      |     | A  |      |    |        |
            & transfer | a1  | A  | A    | B  |     10 | APPLIED
            & transfer | a2  | A  | A    | B  |     10 | APPLIED
            - transfer | a3  | A  | A    | B  |     10 | APPLIED
            & transfer | b1  | A  | A    | C  |     10 | LINKED_FAILED amount=0
            & transfer | b2  | A  | A    | C  |     61 | INSUFFICIENT_FUNDS needed=61 available=60 limit=0
            - transfer | b3  | A  | A    | C  |     10 | LINKED_FAILED
            - transfer | c1  | A  | A    | B  |      1 | APPLIED
            & transfer | d1  | A  | A    | C  |      1 | LINKED_FAILED
            & transfer | d2  | A  | A    | C  |      1 | CHAIN_OPEN
            batch      |     | A  |      |    |        |
            & transfer | e1  | A  | A    | C  |      1 | CHAIN_OPEN
            batch      |     | A  |      |    |        |
            & transfer | c1  | A  | A    | B  |      1 | replayed APPLIED
            - transfer | f2  | A  | A    | B  |      1 | APPLIED
            & transfer | c1  | A  | A    | B  |      1 | replayed APPLIED
            - transfer | g2  | A  | A    | B  |    100 | INSUFFICIENT_FUNDS
            & transfer | b1  | A  | A    | C  |     10 | replayed LINKED_FAILED
            - transfer | h2  | A  | A    | B  |      1 | LINKED_FAILED
            & transfer | i1  | A  | A    | B  |      1 | LINKED_FAILED
            - transfer | i1  | A  | A    | B  |      2 | IDEMPOTENCY_CONFLICT
            & transfer | j1  | A  | A    | B  |      1 | APPLIED
            - transfer | j1  | A  | A    | B  |      1 | replayed APPLIED
            do       | wallet | posted | version
            balance  | A      |     67 | 7
            balance  | B      |     33 | 6
            balance  | C      |      0 | 0
            do       | id  | from | to | amount | outcome
            transfer | b1  | A    | C  |     10 | replayed LINKED_FAILED
            transfer | b2  | A    | C  |     61 | replayed INSUFFICIENT_FUNDS
            transfer | d2  | A    | C  |      1 | replayed CHAIN_OPEN
            """);

    private static final LedgerPage HOLDS_IN_CHAINS =
            LedgerPage.of("holds of a chain that failed never were: heap, index and free rows are as before", """
            wallets A=100 B C
            do         | id  | by | from | to | amount | timeout | hold | with  | outcome
            hold       | old | A  | A    | B  |      5 | 10s     |      |       | APPLIED
            hold       | end | A  | A    | B  |      5 | 30s     |      |       | APPLIED
            batch      |     | A  |      |    |        |         |      |       |
            & hold     | x1  | A  | A    | B  |     10 | 5s      |      |       | LINKED_FAILED
            & hold     | x2  | A  | A    | B  |     10 | 20s     |      |       | LINKED_FAILED
            & post     | x3  | A  |      |    |      5 |         | x1   | final | LINKED_FAILED
            & extend   | x4  | A  |      |    |        | 40s     | old  |       | LINKED_FAILED
            & post     | x5  | A  |      |    |        |         | end  |       | LINKED_FAILED
            & hold     | x6  | A  | A    | B  |     10 | 7s      |      |       | LINKED_FAILED
            - transfer | x7  | A  | A    | C  |    500 |         |      |       | INSUFFICIENT_FUNDS needed=500 available=65 limit=0
            do         | hold | status  | left
            status     | x1   | NONE    | 0
            status     | x2   | NONE    | 0
            status     | x6   | NONE    | 0
            status     | old  | PENDING | 5
            status     | end  | PENDING | 5
            do         | wallet | posted | out | in | version
            balance    | A      |    100 |  10 |  0 | 3
            balance    | B      |      0 |   0 | 10 | 2
            do         | id  | by | from | to | amount | timeout | hold | with  | outcome
            post       | q1  | A  |      |    |        |         | x1   |       | UNKNOWN_HOLD
            hold       | y1  | A  | A    | C  |      7 | 15s     |      |       | APPLIED
            hold       | y2  | A  | A    | C  |      7 | 5s      |      |       | APPLIED
            advance 10s
            expired y2, old
            advance 10s
            expired y1
            do         | id  | by | from | to | amount | timeout | hold | with  | outcome
            post       | q2  | A  |      |    |        |         | end  |       | APPLIED amount=5
            do         | wallet | posted | out | in | version
            balance    | A      |     95 |   0 |  0 | 9
            balance    | B      |      5 |   0 |  0 | 4
            balance    | C      |      0 |   0 |  0 | 4
            """);

    private static final LedgerPage RESOLVED_IN_CHAINS =
            LedgerPage.of("what a failed chain voided or posted is pending again, and expires in its turn", """
            wallets A=100 B
            do         | id  | by | from | to | amount | timeout | hold | outcome
            hold       | a   |    | A    | B  |      1 | 5s      |      | APPLIED
            hold       | b   |    | A    | B  |      2 | 4s      |      | APPLIED
            hold       | c   |    | A    | B  |      3 | 3s      |      | APPLIED
            hold       | d   |    | A    | B  |      4 | 2s      |      | APPLIED
            hold       | e   |    | A    | B  |      5 | 1s      |      | APPLIED
            batch      |     | B  |      |    |        |         |      |
            & void     | v1  | B  |      |    |        |         | c    | LINKED_FAILED
            & post     | v2  | B  |      |    |        |         | e    | LINKED_FAILED
            & void     | v3  | B  |      |    |        |         | a    | LINKED_FAILED
            - void     | v4  | B  |      |    |        |         | c    | HOLD_VOIDED
            batch      |     | B  |      |    |        |         |      |
            & void     | w1  | B  |      |    |        |         | d    | APPLIED
            & post     | w2  | B  |      |    |      1 |         | b    | APPLIED
            - post     | w3  | B  |      |    |      1 |         | b    | APPLIED
            batch      |     | A  |      |    |        |         |      |
            & extend   | x1  | A  |      |    |        | 9s      | e    | LINKED_FAILED
            & extend   | x2  | A  |      |    |        | 8s      | c    | LINKED_FAILED
            - extend   | x3  | A  |      |    |        | 8s      | d    | HOLD_VOIDED
            advance 1m
            expired e, c, a
            do       | wallet | posted | out | in
            balance  | A      |     98 |   0 |  0
            balance  | B      |      2 |   0 |  0
            """);

    private static final LedgerPage EQUAL_DEADLINES =
            LedgerPage.of("holds of one batch expire in the batch's order", """
            wallets A=100 B
            do         | id  | by | from | to | amount | timeout | outcome
            batch      |     | A  |      |    |        |         |
            - hold     | p   | A  | A    | B  |      1 | 5s      | APPLIED
            - hold     | q   | A  | A    | B  |      1 | 5s      | APPLIED
            - hold     | r   | A  | A    | B  |      1 | 4s      | APPLIED
            & hold     | s   | A  | A    | B  |      1 | 5s      | APPLIED
            - hold     | t   | A  | A    | B  |      1 | 5s      | APPLIED
            - hold     | u   | A  | A    | B  |      1 | 5s      | APPLIED
            next at expiry of p
            do         | id  | by | from | to | amount | timeout | outcome
            batch      |     | A  |      |    |        |         |
            - transfer | all | A  | A    | B  |    100 |         | APPLIED
            expired r, p, q, s, t, u
            """);

    private static final LedgerPage CALLERS =
            LedgerPage.of("a batch has one caller, and only commands that move value", """
            wallets A=100 B=100
            do         | id  | by     | from | to      | amount | hold | with | outcome
            batch      |     | A      |      |         |        |      |      | MALFORMED
            - transfer | t1  | A      | A    | B       |      1 |      |      |
            - transfer | t2  | B      | B    | A       |      1 |      |      |
            batch      |     | A      |      |         |        |      | cut  | MALFORMED
            - transfer | t3  | A      | A    | B       |      1 |      |      |
            batch      |     | A      |      |         |        |      |      | MALFORMED
            - transfer | t4  | A      | A    | B       |      1 |      | dry run |
            batch      |     | operator |    |         |        |      |      | MALFORMED
            - issue    | t5  | operator |    | B       |      1 |      |      |
            batch      |     | A      |      |         |        |      |      | MALFORMED
            batch      |     | B      |      |         |        |      |      |
            - transfer | t6  | B      | A    | B       |      1 |      |      | NOT_AUTHORIZED
            batch      |     | system |      |         |        |      |      |
            & transfer | t7  | system | A    | B/stake |      1 |      |      | APPLIED
            - transfer | t8  | system | B    | A/stake |      1 |      |      | APPLIED
            do       | wallet  | posted | staked
            balance  | A       |     99 |      1
            balance  | B       |     99 |      1
            """);

    private static final LedgerPage OPENED_IN_CHAINS =
            LedgerPage.of("accounts that a failed chain opened are not there", """
            wallets A=100 B R
            do         | id  | by | kind   | bps | revenue | from | to      | amount | timeout | outcome
            fee        | f   |    | CREDIT | 500 | R       |      |         |        |         | APPLIED
            batch      |     | A  |        |     |         |      |         |        |         |
            & transfer | a1  | A  |        |     |         | A    | A/300   |     10 |         | LINKED_FAILED
            & transfer | a2  | A  |        |     |         | A    | A/stake |     10 |         | LINKED_FAILED
            & transfer | a3  | A  | CREDIT |     |         | A    | B       |     20 |         | LINKED_FAILED
            & hold     | a4  | A  | CREDIT |     |         | A    | A/301   |     10 | 1h      | LINKED_FAILED
            - transfer | a5  | A  |        |     |         | A    | B       |     60 |         | INSUFFICIENT_FUNDS needed=60 available=50
            do       | wallet    | opened | posted | staked
            balance  | A/300     | no     |      0 |      0
            balance  | A/301     | no     |      0 |      0
            balance  | A/stake   | no     |      0 |      0
            balance  | R/revenue | no     |      0 |      0
            balance  | A         | yes    |    100 |      0
            do         | id  | by | kind   | bps | revenue | from | to      | amount | timeout | outcome
            transfer   | b1  |    |        |     |         | A    | A/301   |      1 |         | APPLIED
            transfer   | b2  |    | CREDIT |     |         | A    | B       |     20 |         | APPLIED fee=1
            transfer   | b3  |    |        |     |         | A    | A/300   |      3 |         | APPLIED
            transfer   | b4  |    |        |     |         | A    | A/stake |      4 |         | APPLIED from.staked=4
            do       | wallet    | opened | posted
            balance  | A/300     | yes    |      3
            balance  | A/301     | yes    |      1
            balance  | A/stake   | yes    |      4
            balance  | R/revenue | yes    |      1
            """);

    private BatchPages() {}

    static List<LedgerPage> all() {
        return List.of(ITEMS, CHAINS, HOLDS_IN_CHAINS, RESOLVED_IN_CHAINS, EQUAL_DEADLINES, CALLERS, OPENED_IN_CHAINS);
    }
}
