package io.scrip.ledger;

import java.util.List;

/** Holds: placing, capturing, giving back. */
final class HoldPages {
    private static final LedgerPage PLACED = LedgerPage.of("a hold reserves now and moves later", """
            wallets A=100 B C
            do       | id    | by | from | to | amount | timeout | hold | with  | outcome
            hold     | h     |    | A    | B  |     60 | 5s      |      |       | APPLIED amount=60 expires=5s events=1 from.posted=100 from.out=60 from.available=40 to.in=60 to.available=0
            transfer | t41   |    | A    | C  |     41 |         |      |       | INSUFFICIENT_FUNDS needed=41 available=40 limit=0
            transfer | spend |    | B    | C  |      1 |         |      |       | INSUFFICIENT_FUNDS needed=1 available=0 limit=0
            do       | wallet | posted | out | in | available
            balance  | A      |    100 |  60 |  0 |        40
            balance  | B      |      0 |   0 | 60 |         0
            do       | hold | status  | left
            status   | h    | PENDING | 60
            do       | id    | by | amount | hold | with  | outcome
            post     | p     | B  |        | h    |       | APPLIED amount=60 events=1 from.out=0 from.posted=40 to.in=0 to.posted=60
            do       | hold | status | left
            status   | h    | POSTED | 0
            do       | id    | by | amount | hold | with  | outcome
            post     | p2    | B  |        | h    |       | HOLD_POSTED
            post     | p3    | B  |     60 | h    |       | HOLD_POSTED
            void     | v     | B  |        | h    |       | HOLD_POSTED
            retry    | p     |    |        |      |       | replayed APPLIED
            do       | wallet | posted | out | in | available | version
            balance  | A      |     40 |   0 |  0 |        40 | 3
            balance  | B      |     60 |   0 |  0 |        60 | 2
            """);

    private static final LedgerPage CAPTURES = LedgerPage.of("a hold is captured in parts until nothing is left", """
            wallets A=100 B
            do       | id    | by     | from | to | amount | timeout | hold | with  | outcome
            hold     | h     |        | A    | B  |    100 | 1h      |      |       | APPLIED
            post     | p0    | B      |      |    |    101 |         | h    |       | EXCEEDS_HOLD needed=101 available=100 limit=100
            post     | minus | B      |      |    |     -1 |         | h    |       | AMOUNT_NOT_POSITIVE
            post     | p1    | B      |      |    |     30 |         | h    |       | APPLIED events=1 from.out=70 from.posted=70 to.in=70 to.posted=30
            post     | p2    | A      |      |    |     30 |         | h    |       | APPLIED events=1
            post     | p3    | B      |      |    |     41 |         | h    |       | EXCEEDS_HOLD needed=41 available=40 limit=100
            post     | p4    | system |      |    |      1 |         | h    |       | APPLIED
            post     | p5    | B      |      |    |        |         | h    |       | APPLIED amount=39
            post     | p6    | B      |      |    |      1 |         | h    |       | HOLD_POSTED
            post     | p7    | B      |      |    |    101 |         | h    |       | EXCEEDS_HOLD needed=101 available=0 limit=100
            do       | wallet | posted | out | in | available
            balance  | A      |      0 |   0 |  0 |         0
            balance  | B      |    100 |   0 |  0 |       100
            """);

    private static final LedgerPage FINAL = LedgerPage.of("a final capture gives the rest back", """
            wallets A=100 B
            do       | id    | by     | from | to | amount | timeout | hold | with  | outcome
            hold     | h     |        | A    | B  |     80 | 1h      |      |       | APPLIED
            post     | p1    | B      |      |    |     30 |         | h    |       | APPLIED events=1
            post     | p2    | B      |      |    |     20 |         | h    | final | APPLIED amount=20 events=2 from.available=50 to.in=0
            post     | p3    | B      |      |    |        |         | h    |       | HOLD_POSTED
            hold     | all   |        | A    | B  |     50 | 1h      |      |       | APPLIED
            post     | p4    | B      |      |    |        |         | all  | final | APPLIED amount=50 events=1
            do       | hold | status | left
            status   | h    | POSTED | 30
            status   | all  | POSTED | 0
            do       | wallet | posted | out | in | available
            balance  | A      |      0 |   0 |  0 |         0
            balance  | B      |    100 |   0 |  0 |       100
            """);

    private static final LedgerPage WHO = LedgerPage.of("who may do what with a hold", """
            wallets A=100 B C
            do       | id    | by       | from | to | amount | timeout | hold | outcome
            hold     | h     |          | A    | B  |     10 | 1h      |      | APPLIED
            post     | p1    | C        |      |    |      1 |         | h    | UNKNOWN_HOLD
            post     | p2    | operator |      |    |      1 |         | h    | UNKNOWN_HOLD
            post     | p3    | auditor  |      |    |      1 |         | h    | UNKNOWN_HOLD
            post     | p4    | A        |      |    |      1 |         | h    | APPLIED
            post     | p5    | B        |      |    |      1 |         | h    | APPLIED
            post     | p6    | B        |      |    |      1 |         | no   | UNKNOWN_HOLD
            post     | p7    | B        |      |    |      1 |         | p5   | UNKNOWN_HOLD
            extend   | e1    | C        |      |    |        | 2h      | h    | UNKNOWN_HOLD
            extend   | e2    | operator |      |    |        | 2h      | h    | UNKNOWN_HOLD
            extend   | e3    | B        |      |    |        | 2h      | h    | NOT_AUTHORIZED
            extend   | e4    | A        |      |    |        | 2h      | h    | APPLIED expires=2h amount=0 events=1
            extend   | e5    | system   |      |    |        | 3h      | h    | APPLIED expires=3h
            extend   | e6    | A        |      |    |        | 3h      | no   | UNKNOWN_HOLD
            void     | v1    | C        |      |    |        |         | h    | UNKNOWN_HOLD
            void     | v2    | auditor  |      |    |        |         | h    | UNKNOWN_HOLD
            void     | v3    | A        |      |    |        |         | h    | NOT_AUTHORIZED
            void     | v4    | B        |      |    |        |         | h    | APPLIED amount=8 events=1
            void     | v5    | B        |      |    |        |         | h    | HOLD_VOIDED
            void     | v6    | A        |      |    |        |         | h    | HOLD_VOIDED
            void     | v7    | C        |      |    |        |         | h    | UNKNOWN_HOLD
            void     | v8    | B        |      |    |        |         | no   | UNKNOWN_HOLD
            post     | p8    | B        |      |    |      1 |         | h    | HOLD_VOIDED
            extend   | e7    | A        |      |    |        | 2h      | h    | HOLD_VOIDED
            hold     | g     |          | A    | B  |     10 | 1h      |      | APPLIED
            void     | v9    | operator |      |    |        |         | g    | APPLIED
            hold     | k     |          | A    | B  |     10 | 1h      |      | APPLIED
            void     | v10   | system   |      |    |        |         | k    | APPLIED
            hold     | own   |          | A    | A/escrow | 10 | 1h    |      | APPLIED
            void     | v11   | A        |      |    |        |         | own  | APPLIED
            do       | wallet | posted | out | in | available
            balance  | A      |     98 |   0 |  0 |        98
            balance  | B      |      2 |   0 |  0 |         2
            do       | hold | status
            status   | h    | VOIDED
            status   | no   | NONE
            status   | p5   | NONE
            """);

    private static final LedgerPage STANDING =
            LedgerPage.of("frozen parties capture nothing, but everything is given back", """
            wallets A=100 B
            do       | id    | by | wallet | from | to | amount | timeout | hold | outcome
            hold     | h     |    |        | A    | B  |     10 | 1h      |      | APPLIED
            hold     | g     |    |        | A    | B  |     10 | 1h      |      | APPLIED
            hold     | k     |    |        | A    | B  |     10 | 2h      |      | APPLIED
            freeze   | ice   |    | A      |      |    |        |         |      | APPLIED
            post     | p1    | B  |        |      |    |     10 |         | h    | FROM_FROZEN
            post     | p2    | B  |        |      |    |     11 |         | h    | EXCEEDS_HOLD needed=11 available=10 limit=10
            extend   | e1    | A  |        |      |    |        | 3h      | h    | FROM_FROZEN
            void     | v1    | B  |        |      |    |        |         | h    | APPLIED
            unfreeze | thaw  |    | A      |      |    |        |         |      | APPLIED
            freeze   | ice2  |    | B      |      |    |        |         |      | APPLIED
            post     | p3    | A  |        |      |    |     10 |         | g    | TO_FROZEN
            next at expiry of g
            post     | p4    | A  |        |      |    |     10 |         | g    | HOLD_EXPIRED
            expired g
            do       | id    | by | wallet | hold | outcome
            void     | v2    | B  |        | k    | APPLIED
            unfreeze | thaw2 |    | B      |      | APPLIED
            do       | wallet | posted | out | in | available
            balance  | A      |    100 |   0 |  0 |       100
            balance  | B      |      0 |   0 |  0 |         0
            """);

    private static final LedgerPage IMPOSSIBLE = LedgerPage.of("what a hold cannot be", """
            wallets A=100 B
            do       | id   | by | from | to     | token | amount | timeout   | hold | outcome
            hold     | neg  |    | A    | B      |       |      1 | -1ns      |      | BAD_TIMEOUT needed=-1 limit=31622400000000000
            hold     | long |    | A    | B      |       |      1 | 366d+1ns  |      | BAD_TIMEOUT needed=31622400000000001 limit=31622400000000000
            hold     | year |    | A    | B      |       |      1 | 366d      |      | APPLIED expires=366d
            hold     | zero |    | A    | B      |       |      0 | 1s        |      | AMOUNT_NOT_POSITIVE
            hold     | self |    | A    | A      |       |      1 | 1s        |      | SAME_WALLET
            hold     | lack |    | A    | B      |       |    100 | 1s        |      | INSUFFICIENT_FUNDS needed=100 available=99 limit=0
            hold     | none |    | A    | nobody |       |      1 | 1s        |      | UNKNOWN_TO
            extend   | e0   | A  |      |        |       |        | 0         | year | BAD_TIMEOUT needed=0 limit=31622400000000000
            extend   | e1   | A  |      |        |       |        | 366d+1ns  | year | BAD_TIMEOUT
            extend   | e2   | A  |      |        |       |        | -1ns      | year | BAD_TIMEOUT
            extend   | e3   | A  |      |        |       |        | 366d      | year | APPLIED expires=366d
            """);

    private HoldPages() {}

    static List<LedgerPage> all() {
        return List.of(PLACED, CAPTURES, FINAL, WHO, STANDING, IMPOSSIBLE);
    }
}
