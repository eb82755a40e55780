package io.scrip.ledger;

import java.util.List;

/** Ids: replays, conflicts, what is forgotten and what may never come. */
final class IdempotencyPages {
    private static final LedgerPage CONFLICTS = LedgerPage.of("an id means one command for ever", """
            wallets A=100 B C
            do       | id  | by | wallet | from | to | amount | timeout | hold | with        | outcome
            transfer | t   |    |        | A    | B  |     10 |         |      |             | APPLIED
            transfer | t   |    |        | A    | B  |     10 |         |      |             | replayed APPLIED amount=0 events=0
            transfer | t   |    |        | A    | B  |     11 |         |      |             | IDEMPOTENCY_CONFLICT events=0
            transfer | t   |    |        | A    | C  |     10 |         |      |             | IDEMPOTENCY_CONFLICT
            transfer | t   | B  |        | A    | B  |     10 |         |      |             | IDEMPOTENCY_CONFLICT
            transfer | t   |    |        | A    | B  |     10 |         |      | up to       | IDEMPOTENCY_CONFLICT
            transfer | t   |    |        | A    | B  |     10 |         |      | kind CREDIT | IDEMPOTENCY_CONFLICT
            transfer | t   |    |        | A    | B  |     10 |         |      | reference x | IDEMPOTENCY_CONFLICT
            transfer | t   |    |        | A    | B  |     10 |         |      | if from posted >= 0 | IDEMPOTENCY_CONFLICT
            hold     | t   |    |        | A    | B  |     10 | 1s      |      |             | IDEMPOTENCY_CONFLICT
            post     | t   | B  |        |      |    |        |         | t    |             | IDEMPOTENCY_CONFLICT
            issue    | t   |    |        |      | B  |     10 |         |      |             | IDEMPOTENCY_CONFLICT
            freeze   | t   |    | A      |      |    |        |         |      |             | IDEMPOTENCY_CONFLICT
            transfer | t   |    |        | A    | B  |     10 |         |      |             | replayed APPLIED
            do       | wallet | posted | version
            balance  | A      |     90 | 2
            """);

    private static final LedgerPage REFUSALS = LedgerPage.of("a refusal stays what it was, whatever has changed", """
            wallets A=10 B
            do       | id   | by | wallet | from | to | amount | timeout | hold | outcome
            transfer | t    |    |        | A    | B  |     60 |         |      | INSUFFICIENT_FUNDS needed=60 available=10
            post     | p    | B  |        |      |    |        |         | h    | UNKNOWN_HOLD
            issue    | i    |    |        |      | A  |    100 |         |      | APPLIED
            hold     | h    |    |        | A    | B  |     10 | 5s      |      | APPLIED
            transfer | t    |    |        | A    | B  |     60 |         |      | replayed INSUFFICIENT_FUNDS
            post     | p    | B  |        |      |    |        |         | h    | replayed UNKNOWN_HOLD
            post     | q    | B  |        |      |    |      4 |         | h    | APPLIED
            freeze   | f    |    | A      |      |    |        |         |      | APPLIED
            advance 5s
            expired h
            do       | id   | by | hold | amount | outcome
            post     | q    | B  | h    |      4 | replayed APPLIED
            post     | r    | B  | h    |      4 | HOLD_EXPIRED
            do       | wallet | posted | out
            balance  | A      |    106 |   0
            """);

    private static final LedgerPage FUTURE =
            LedgerPage.of("a time-ordered id more than a minute ahead is not taken", """
            wallets A=100 B
            do       | id             | from | to | amount | outcome
            transfer | a@now+59s      | A    | B  |      1 | APPLIED
            transfer | b@now+62s      | A    | B  |      1 | ID_IN_FUTURE events=0
            transfer | b@now+62s      | A    | B  |      1 | ID_IN_FUTURE
            advance 3s
            do       | id             | from | to | amount | outcome
            transfer | b@now+62s      | A    | B  |      1 | APPLIED
            transfer | b@now+62s      | A    | B  |      1 | replayed APPLIED
            transfer | c@now-300d     | A    | B  |      1 | APPLIED
            """);

    private static final LedgerPage FORGOTTEN =
            LedgerPage.of("what is forgotten is refused by its time, if its id tells one", """
            retention 1h 20 ids 10 at-once
            wallets A=1000 B
            do       | id        | from | to | amount | outcome
            transfer | early@now | A    | B  |      1 | APPLIED
            transfer | plain     | A    | B  |      1 | APPLIED
            do       | id        | from | to | amount | times | apart
            many     | n         | A    | B  |      1 | 40    | 1ms
            do       | id        | from | to | amount | outcome
            transfer | early@now | A    | B  |      1 | ID_TOO_OLD events=0
            transfer | early@now | A    | B  |      1 | ID_TOO_OLD
            transfer | fresh@now | A    | B  |      1 | APPLIED
            transfer | plain     | A    | B  |      1 | APPLIED
            """);

    private static final LedgerPage HOLD_FORGOTTEN =
            LedgerPage.of("an id whose hold still stands is not taken again", """
            retention 28s 20 ids 10 at-once
            wallets A=1000 B
            do       | id   | by | from | to | amount | timeout | hold | outcome
            hold     | h    |    | A    | B  |     10 | 10h     |      | APPLIED
            hold     | g    |    | A    | B  |     10 | 10h     |      | APPLIED
            advance 60s
            advance 60s
            do       | id   | by | from | to | amount | timeout | hold | outcome
            hold     | h    |    | A    | B  |     10 | 10h     |      | ID_TOO_OLD
            transfer | h    |    | A    | B  |     10 |         |      | ID_TOO_OLD
            post     | p    | B  |      |    |      4 |         | h    | APPLIED
            post     | p2   | B  |      |    |        |         | h    | APPLIED
            hold     | h    |    | A    | B  |     10 | 10h     |      | ID_TOO_OLD
            post     | p3   | B  |      |    |      1 |         | h    | HOLD_POSTED
            advance 60s
            advance 60s
            do       | id   | by | from | to | amount | timeout | hold | outcome
            post     | p4   | B  |      |    |      1 |         | h    | UNKNOWN_HOLD
            hold     | h    |    | A    | B  |     10 | 9h      |      | APPLIED
            post     | p5   | B  |      |    |      1 |         | h    | APPLIED
            post     | p6   | B  |      |    |      1 |         | g    | APPLIED
            advance 9h
            expired h
            advance 2h
            expired g
            do       | wallet | posted | out
            balance  | A      |    988 |   0
            balance  | B      |     12 |   0
            """);

    private IdempotencyPages() {}

    static List<LedgerPage> all() {
        return List.of(CONFLICTS, REFUSALS, FUTURE, FORGOTTEN, HOLD_FORGOTTEN);
    }
}
