package io.scrip.ledger;

import java.util.List;

/** Giving back what was posted, with the fee's share. */
final class ReversalPages {
    private static final LedgerPage PARTS = LedgerPage.of("a transfer is given back in parts, up to its amount", """
            wallets A=100 B C
            do       | id   | by       | from | to | of  | amount | outcome
            transfer | pay  |          | A    | B  |     |     60 | APPLIED
            reverse  | r1   | C        |      |    | pay |     20 | NOT_AUTHORIZED
            reverse  | r2   | A        |      |    | pay |     20 | NOT_AUTHORIZED
            reverse  | r3   | auditor  |      |    | pay |     20 | NOT_AUTHORIZED
            reverse  | r4   | B        |      |    | pay |     -1 | AMOUNT_NOT_POSITIVE
            reverse  | r5   | B        |      |    | pay |     61 | EXCEEDS_ORIGINAL needed=61 available=60 limit=60
            reverse  | r6   | B        |      |    | pay |     20 | APPLIED amount=20 fee=0 events=1 from.posted=40 to.posted=60
            reverse  | r7   | B        |      |    | pay |     41 | EXCEEDS_ORIGINAL needed=41 available=40 limit=60
            reverse  | r8   | operator |      |    | pay |      1 | APPLIED
            reverse  | r9   | system   |      |    | pay |      1 | APPLIED
            do       | of   | amount
            reversed | pay  | 22
            do       | id   | by | from | to | of  | amount | outcome
            transfer | away |    | B    | C  |     |     10 | APPLIED
            reverse  | r10  | B  |      |    | pay |        | INSUFFICIENT_FUNDS needed=38 available=28 limit=0
            reverse  | r11  | B  |      |    | pay |     28 | APPLIED
            transfer | back |    | C    | B  |     |     10 | APPLIED
            reverse  | r12  | B  |      |    | pay |        | APPLIED amount=10
            reverse  | r13  | B  |      |    | pay |        | EXCEEDS_ORIGINAL needed=0 available=0 limit=60
            reverse  | r14  | B  |      |    | pay |      1 | EXCEEDS_ORIGINAL needed=1 available=0 limit=60
            retry    | r12  |    |      |    |     |        | replayed APPLIED
            do       | of   | amount
            reversed | pay  | 60
            do       | wallet | posted
            balance  | A      |    100
            balance  | B      |      0
            """);

    private static final LedgerPage RECEIVER_FEE =
            LedgerPage.of("the fee's share comes back to the payee who paid it", """
            wallets A=100 B R
            do       | id   | by | kind   | bps | revenue | from | to | of  | amount | outcome
            fee      | five |    | CREDIT | 500 | R       |      |    |     |        | APPLIED
            transfer | pay  |    | CREDIT |     |         | A    | B  |     |    100 | APPLIED fee=5 events=2 from.posted=0 to.posted=95
            reverse  | r1   | B  |        |     |         |      |    | pay |     50 | APPLIED amount=50 fee=2 events=2 from.posted=47 to.posted=50
            reverse  | r2   | B  |        |     |         |      |    | pay |     10 | APPLIED amount=10 fee=1 events=2 from.posted=38
            reverse  | r3   | B  |        |     |         |      |    | pay |      1 | APPLIED amount=1 fee=0 events=1 from.posted=37
            reverse  | r4   | B  |        |     |         |      |    | pay |        | APPLIED amount=39 fee=2 events=2 from.posted=0 to.posted=100
            do       | wallet    | posted
            balance  | A         |    100
            balance  | B         |      0
            balance  | R/revenue |      0
            """);

    private static final LedgerPage SENDER_FEE =
            LedgerPage.of("the fee's share comes back to the payer who paid it", """
            wallets A=200 B R
            do       | id   | by | kind   | bps | min | payer  | revenue | from | to | of   | amount | outcome
            fee      | five |    | CREDIT | 500 |     | SENDER | R       |      |    |      |        | APPLIED
            fee      | flat |    | TIP    | 0   | 50  | SENDER | R       |      |    |      |        | APPLIED
            transfer | pay  |    | CREDIT |     |     |        |         | A    | B  |      |    100 | APPLIED fee=5 events=2 from.posted=95 to.posted=100
            reverse  | r1   | B  |        |     |     |        |         |      |    | pay  |     30 | APPLIED fee=2 events=2 from.posted=70 to.posted=127
            reverse  | r2   | B  |        |     |     |        |         |      |    | pay  |        | APPLIED amount=70 fee=3 from.posted=0 to.posted=200
            transfer | tip  |    | TIP    |     |     |        |         | A    | B  |      |     10 | APPLIED fee=50 from.posted=140
            reverse  | r3   | B  |        |     |     |        |         |      |    | tip  |      5 | APPLIED fee=25 from.posted=5 to.posted=170
            reverse  | r4   | B  |        |     |     |        |         |      |    | tip  |        | APPLIED fee=25 from.posted=0 to.posted=200
            do       | wallet    | posted
            balance  | A         |    200
            balance  | R/revenue |      0
            """);

    private static final LedgerPage WITHOUT_FUNDS = LedgerPage.of("a reversal is whole or not at all", """
            wallets A=100 B C R
            do       | id    | by     | kind   | bps  | revenue | from      | to | of  | amount | outcome
            fee      | tenth |        | CREDIT | 1000 | R       |           |    |     |        | APPLIED
            transfer | pay   |        | CREDIT |      |         | A         | B  |     |    100 | APPLIED fee=10
            transfer | spent |        |        |      |         | R/revenue | R  |     |      4 | APPLIED
            reverse  | r1    | B      |        |      |         |           |    | pay |        | INSUFFICIENT_FUNDS needed=10 available=6 limit=0 events=1
            reverse  | r2    | B      |        |      |         |           |    | pay |     60 | APPLIED fee=6 events=2
            transfer | more  |        |        |      |         | R         | R/revenue | | 4   | APPLIED
            transfer | gone  |        |        |      |         | B         | C  |     |     36 | APPLIED from.posted=0
            reverse  | r3    | B      |        |      |         |           |    | pay |        | INSUFFICIENT_FUNDS needed=40 available=4 limit=0 events=1
            do       | wallet    | posted
            balance  | B         |      0
            balance  | R/revenue |      4
            do       | of  | amount
            reversed | pay | 60
            """);

    private static final LedgerPage STANDING =
            LedgerPage.of("frozen and closed accounts give and take nothing back", """
            wallets A=100 B C R
            do       | id    | by | wallet    | token | kind   | bps  | revenue | from | to | of  | amount | outcome
            fee      | tenth |    |           |       | CREDIT | 1000 | R       |      |    |     |        | APPLIED
            transfer | pay   |    |           |       | CREDIT |      |         | A    | B  |     |    100 | APPLIED
            freeze   | f1    |    | B         |       |        |      |         |      |    |     |        | APPLIED
            reverse  | r1    | B  |           |       |        |      |         |      |    | pay |      1 | FROM_FROZEN
            unfreeze | u1    |    | B         |       |        |      |         |      |    |     |        | APPLIED
            freeze   | f2    |    | A         |       |        |      |         |      |    |     |        | APPLIED
            reverse  | r2    | B  |           |       |        |      |         |      |    | pay |      1 | TO_FROZEN
            unfreeze | u2    |    | A         |       |        |      |         |      |    |     |        | APPLIED
            freeze   | f3    |    | R/revenue | CRD   |        |      |         |      |    |     |        | APPLIED
            reverse  | r3    | B  |           |       |        |      |         |      |    | pay |      1 | FROM_FROZEN
            unfreeze | u3    |    | R/revenue | CRD   |        |      |         |      |    |     |        | APPLIED
            transfer | tip   |    |           |       |        |      |         | B    | C  |     |      1 | APPLIED
            freeze   | f4    |    | C/revenue | CRD   |        |      |         |      |    |     |        | APPLIED
            reverse  | r4    | C  |           |       |        |      |         |      |    | tip |        | APPLIED events=1
            close    | c1    |    | C         |       |        |      |         |      |    |     |        | APPLIED
            transfer | tip2  |    |           |       |        |      |         | R/revenue | R |  |   10 | APPLIED
            close    | c2    |    | R/revenue | CRD   |        |      |         |      |    |     |        | APPLIED
            reverse  | r5    | B  |           |       |        |      |         |      |    | pay |      1 | FROM_CLOSED
            reverse  | r6    | C  |           |       |        |      |         |      |    | tip |        | FROM_CLOSED
            """);

    private static final LedgerPage ORIGINALS = LedgerPage.of("an original that cannot have been is refused", """
            wallets A=100 B
            do       | id    | by | from   | to     | of  | token | original_amount | original_fee | payer    | revenue | amount | outcome
            transfer | pay   |    | A      | B      |     |       |                 |              |          |         |     60 | APPLIED
            reverse  | r1    | B  |        |        | pay |       | 0               |              |          |         |        | ORIGINAL_MISMATCH
            reverse  | r2    | B  |        |        | pay |       | -5              |              |          |         |        | ORIGINAL_MISMATCH
            reverse  | r3    | B  | nobody |        | pay |       |                 |              |          |         |        | ORIGINAL_MISMATCH
            reverse  | r4    | B  |        | nobody | pay |       |                 |              |          |         |        | ORIGINAL_MISMATCH
            reverse  | r5    | B  |        |        | pay | XYZ   |                 |              |          |         |        | UNKNOWN_TOKEN
            reverse  | r6    | B  |        |        | pay |       |                 | 61           | RECEIVER | B       |        | ORIGINAL_MISMATCH
            reverse  | r7    | B  |        |        | pay |       |                 | -1           |          | B       |        | ORIGINAL_MISMATCH
            reverse  | r8    | B  |        |        | pay |       |                 | 1            |          | nobody  |        | ORIGINAL_MISMATCH
            reverse  | r9    | B  |        |        | pay |       |                 |              |          |         |     50 | APPLIED
            reverse  | r10   | B  |        |        | pay |       | 40              |              |          |         |        | EXCEEDS_ORIGINAL needed=-10 available=-10 limit=40
            do       | of  | amount
            reversed | pay | 50
            """);

    private static final LedgerPage CAPTURED = LedgerPage.of("each capture of a hold is an original of its own", """
            wallets A=100 B R
            do       | id    | by | kind   | bps  | revenue | from | to | hold | of  | timeout | amount | outcome
            fee      | tenth |    | CREDIT | 1000 | R       |      |    |      |     |         |        | APPLIED
            hold     | h     |    | CREDIT |      |         | A    | B  |      |     | 1h      |    100 | APPLIED
            post     | p1    | B  |        |      |         |      |    | h    |     |         |     40 | APPLIED fee=4
            post     | p2    | B  |        |      |         |      |    | h    |     |         |     60 | APPLIED fee=6
            reverse  | r1    | B  |        |      |         |      |    |      | p1  |         |     41 | EXCEEDS_ORIGINAL needed=41 available=40 limit=40
            reverse  | r2    | B  |        |      |         |      |    |      | p1  |         |        | APPLIED amount=40 fee=4
            reverse  | r3    | B  |        |      |         |      |    |      | p2  |         |     30 | APPLIED fee=3
            reverse  | r4    | B  |        |      |         |      |    |      | p2  |         |        | APPLIED fee=3
            do       | wallet    | posted
            balance  | A         |    100
            balance  | R/revenue |      0
            """);

    private ReversalPages() {}

    static List<LedgerPage> all() {
        return List.of(PARTS, RECEIVER_FEE, SENDER_FEE, WITHOUT_FUNDS, STANDING, ORIGINALS, CAPTURED);
    }
}
