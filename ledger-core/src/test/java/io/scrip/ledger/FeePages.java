package io.scrip.ledger;

import java.util.List;

/** Fees: rounding, clamps, who pays, holds. */
final class FeePages {
    private static final LedgerPage HALF_EVEN = LedgerPage.of("a fee is rounded half to even", """
            wallets A=1_000_000_000 B R
            do       | id    | kind        | bps   | revenue | from | to | amount | outcome
            fee      | ten   | CREDIT      | 1000  | R       |      |    |        | APPLIED events=1
            fee      | tiny  | TIP         | 1     | R       |      |    |        | APPLIED
            fee      | all   | SERVICE     | 10000 | R       |      |    |        | APPLIED
            fee      | none  | MARKETPLACE | 0     | R       |      |    |        | APPLIED
            transfer | t4    | CREDIT      |       |         | A    | B  |      4 | APPLIED fee=0 events=1
            transfer | t5    | CREDIT      |       |         | A    | B  |      5 | APPLIED fee=0 events=1
            transfer | t6    | CREDIT      |       |         | A    | B  |      6 | APPLIED fee=1 events=2
            transfer | t14   | CREDIT      |       |         | A    | B  |     14 | APPLIED fee=1
            transfer | t15   | CREDIT      |       |         | A    | B  |     15 | APPLIED fee=2
            transfer | t16   | CREDIT      |       |         | A    | B  |     16 | APPLIED fee=2
            transfer | t24   | CREDIT      |       |         | A    | B  |     24 | APPLIED fee=2
            transfer | t25   | CREDIT      |       |         | A    | B  |     25 | APPLIED fee=2
            transfer | t26   | CREDIT      |       |         | A    | B  |     26 | APPLIED fee=3
            transfer | t35   | CREDIT      |       |         | A    | B  |     35 | APPLIED fee=4
            transfer | u1    | TIP         |       |         | A    | B  |   4999 | APPLIED fee=0
            transfer | u2    | TIP         |       |         | A    | B  |   5000 | APPLIED fee=0
            transfer | u3    | TIP         |       |         | A    | B  |   5001 | APPLIED fee=1
            transfer | u4    | TIP         |       |         | A    | B  |  15000 | APPLIED fee=2
            transfer | u5    | TIP         |       |         | A    | B  |  25000 | APPLIED fee=2
            transfer | u6    | TIP         |       |         | A    | B  |  25001 | APPLIED fee=3
            transfer | s     | SERVICE     |       |         | A    | B  |    777 | APPLIED fee=777 events=2
            transfer | m     | MARKETPLACE |       |         | A    | B  |    777 | APPLIED fee=0 events=1
            transfer | p     | PLAIN       |       |         | A    | B  |    777 | APPLIED fee=0 events=1
            do       | wallet    | posted
            balance  | R/revenue |    802
            """);

    private static final LedgerPage CLAMPS = LedgerPage.of("a fee has a least and a most", """
            wallets A=10_000 B R
            do       | id   | kind   | bps  | min | max | revenue | from | to | amount | outcome
            fee      | f    | CREDIT | 1000 | 3   | 7   | R       |      |    |        | APPLIED
            transfer | t1   | CREDIT |      |     |     |         | A    | B  |      2 | FEE_EXCEEDS_AMOUNT needed=3 available=2 limit=0
            transfer | t2   | CREDIT |      |     |     |         | A    | B  |      3 | APPLIED fee=3 to.posted=0
            transfer | t3   | CREDIT |      |     |     |         | A    | B  |     29 | APPLIED fee=3
            transfer | t4   | CREDIT |      |     |     |         | A    | B  |     34 | APPLIED fee=3
            transfer | t5   | CREDIT |      |     |     |         | A    | B  |     35 | APPLIED fee=4
            transfer | t6   | CREDIT |      |     |     |         | A    | B  |     70 | APPLIED fee=7
            transfer | t7   | CREDIT |      |     |     |         | A    | B  |   1000 | APPLIED fee=7
            fee      | same | CREDIT | 0    | 9   | 9   | R       |      |    |        | APPLIED
            transfer | t8   | CREDIT |      |     |     |         | A    | B  |    500 | APPLIED fee=9
            """);

    private static final LedgerPage SENDER = LedgerPage.of("a sender pays the fee beside the amount", """
            wallets A=104 B R
            do       | id   | kind   | bps | min | payer  | revenue | from | to | amount | outcome
            fee      | f    | CREDIT | 500 | 1   | SENDER | R       |      |    |        | APPLIED
            fee      | flat | TIP    | 0   | 50  | SENDER | R       |      |    |        | APPLIED
            transfer | t1   | CREDIT |     |     |        |         | A    | B  |    100 | INSUFFICIENT_FUNDS needed=105 available=104 limit=0
            transfer | t2   | CREDIT |     |     |        |         | A    | B  |     99 | APPLIED fee=5 events=2 from.posted=0 to.posted=99
            transfer | t3   | TIP    |     |     |        |         | B    | A  |      2 | APPLIED fee=50 from.posted=47 to.posted=2
            do       | wallet    | posted
            balance  | R/revenue |     55
            """);

    private static final LedgerPage SETTING = LedgerPage.of("what a fee schedule cannot be, and who sets it", """
            wallets A=100 B R Q
            do       | id    | by      | wallet | kind   | bps   | min | max | revenue | outcome
            fee      | much  |         |        | CREDIT | 10001 |     |     | R       | BAD_FEE needed=10001 limit=10000
            fee      | neg   |         |        | CREDIT | -1    |     |     | R       | BAD_FEE
            fee      | min   |         |        | CREDIT | 1     | -1  |     | R       | BAD_FEE
            fee      | swap  |         |        | CREDIT | 1     | 5   | 4   | R       | BAD_FEE
            fee      | plain |         |        | PLAIN  | 1     |     |     | R       | BAD_FEE
            fee      | who   |         |        | CREDIT | 1     |     |     | nobody  | UNKNOWN_WALLET
            close    | q     |         | Q      |        |       |     |     |         | APPLIED
            fee      | shut  |         |        | CREDIT | 1     |     |     | Q       | CLOSED
            fee      | byR   | R       |        | CREDIT | 1     |     |     | R       | NOT_AUTHORIZED
            fee      | audit | auditor |        | CREDIT | 1     |     |     | R       | NOT_AUTHORIZED
            fee      | sys   | system  |        | CREDIT | 10000 |     |     | R       | APPLIED wallet=R
            """);

    private static final LedgerPage SENDER_HOLD =
            LedgerPage.of("a hold reserves the sender's fee and takes it step by step", """
            wallets A=210 B R
            do       | id   | by | kind   | bps | payer    | revenue | from | to | amount | hold | with       | outcome
            fee      | f    |    | CREDIT | 500 | SENDER   | R       |      |    |        |      |            | APPLIED
            hold     | h    |    | CREDIT |     |          |         | A    | B  |    100 |      | timeout 1h | APPLIED fee=5 events=2 from.out=105 to.in=100
            hold     | k    |    | CREDIT |     |          |         | A    | B  |    101 |      | timeout 1h | INSUFFICIENT_FUNDS needed=106 available=105 limit=0
            hold     | g    |    | CREDIT |     |          |         | A    | B  |    100 |      | timeout 1h | APPLIED from.available=0
            fee      | f2   |    | CREDIT | 0   | RECEIVER | R       |      |    |        |      |            | APPLIED
            do       | wallet    | posted | out | in
            balance  | R/revenue |      0 |   0 | 10
            do       | id   | by | amount | hold | with  | outcome
            post     | p1   | B  |     30 | h    |       | APPLIED fee=2 events=2 from.out=178 from.posted=178
            post     | p2   | B  |     30 | h    |       | APPLIED fee=1 events=2
            post     | p3   | B  |      9 | h    |       | APPLIED fee=0 events=1
            post     | p4   | B  |        | h    |       | APPLIED amount=31 fee=2 events=2
            post     | q1   | B  |     30 | g    | final | APPLIED fee=2 events=4 from.out=0 from.posted=73
            do       | wallet    | posted | out | in
            balance  | A         |     73 |   0 |  0
            balance  | B         |    130 |   0 |  0
            balance  | R/revenue |      7 |   0 |  0
            """);

    private static final LedgerPage SENDER_HOLD_BACK =
            LedgerPage.of("what is left of a reserved fee is given back", """
            wallets A=210 B R
            do       | id   | by | kind   | bps | payer  | revenue | from | to | amount | hold | with       | outcome
            fee      | f    |    | CREDIT | 500 | SENDER | R       |      |    |        |      |            | APPLIED
            hold     | h    |    | CREDIT |     |        |         | A    | B  |    100 |      | timeout 1h | APPLIED
            hold     | g    |    | CREDIT |     |        |         | A    | B  |    100 |      | timeout 1h | APPLIED
            post     | p1   | B  |        |     |        |         |      |    |     50 | h    |            | APPLIED fee=2
            void     | v    | B  |        |     |        |         |      |    |        | h    |            | APPLIED amount=50 events=2
            post     | p2   | B  |        |     |        |         |      |    |     90 | g    |            | APPLIED fee=4
            advance 2h
            expired g
            do       | wallet    | posted | out | in
            balance  | A         |     64 |   0 |  0
            balance  | B         |    140 |   0 |  0
            balance  | R/revenue |      6 |   0 |  0
            """);

    private static final LedgerPage RECEIVER_HOLD =
            LedgerPage.of("a receiver's fee is taken from what is captured, on the sum of it", """
            wallets A=300 B R
            do       | id   | by | kind   | bps | min | revenue | from | to | amount | hold | with       | outcome
            fee      | f    |    | CREDIT | 500 |     | R       |      |    |        |      |            | APPLIED
            fee      | m    |    | TIP    | 0   | 10  | R       |      |    |        |      |            | APPLIED
            hold     | h    |    | CREDIT |     |     |         | A    | B  |    100 |      | timeout 1h | APPLIED fee=5 events=1 from.out=100 to.in=100
            fee      | f2   |    | CREDIT | 10000 |   | R       |      |    |        |      |            | APPLIED
            post     | p1   | B  |        |     |     |         |      |    |     50 | h    |            | APPLIED fee=2 events=2 to.posted=48
            post     | p2   | B  |        |     |     |         |      |    |     10 | h    |            | APPLIED fee=1
            post     | p3   | B  |        |     |     |         |      |    |     40 | h    |            | APPLIED fee=2 to.posted=95
            hold     | small |   | TIP    |     |     |         | A    | B  |      9 |      | timeout 1h | FEE_EXCEEDS_AMOUNT needed=10 available=9 limit=0
            hold     | g    |    | TIP    |     |     |         | A    | B  |    100 |      | timeout 1h | APPLIED
            post     | q1   | B  |        |     |     |         |      |    |      9 | g    |            | FEE_EXCEEDS_AMOUNT needed=10 available=9 limit=0
            post     | q2   | B  |        |     |     |         |      |    |     10 | g    |            | APPLIED fee=10 to.posted=95
            post     | q3   | B  |        |     |     |         |      |    |      1 | g    |            | APPLIED fee=0 to.posted=96
            void     | v    | B  |        |     |     |         |      |    |        | g    |            | APPLIED amount=89 events=1
            do       | wallet    | posted | out | in
            balance  | A         |    189 |   0 |  0
            balance  | R/revenue |     15 |   0 |  0
            """);

    private static final LedgerPage CEILINGS =
            LedgerPage.of("payee and revenue account keep their ceilings with the fee", """
            wallets A=1000 B R
            do       | id   | by | wallet    | ceiling | kind   | bps  | payer    | revenue | from | to | amount | hold | with       | outcome
            fee      | f    |    |           |         | CREDIT | 1000 | RECEIVER | R       |      |    |        |      |            | APPLIED
            bounds   | b    |    | B         | 90      |        |      |          |         |      |    |        |      |            | APPLIED
            transfer | t1   |    |           |         | CREDIT |      |          |         | A    | B  |    101 |      |            | CEILING_EXCEEDED needed=91 available=90 limit=90
            hold     | h1   |    |           |         | CREDIT |      |          |         | A    | B  |    100 |      | timeout 1h | CEILING_EXCEEDED needed=100 available=90 limit=90
            hold     | h2   |    |           |         | CREDIT |      |          |         | A    | B  |     90 |      | timeout 1h | APPLIED to.in=90
            post     | p2   | B  |           |         |        |      |          |         |      |    |        | h2   |            | APPLIED fee=9 to.posted=81
            transfer | t2   |    |           |         | CREDIT |      |          |         | A    | B  |     10 |      |            | APPLIED fee=1 to.posted=90
            transfer | free |    |           |         |        |      |          |         | B    | A  |     90 |      |            | APPLIED
            bounds   | r    |    | R/revenue | 15      |        |      |          |         |      |    |        |      |            | APPLIED
            transfer | t3   |    |           |         | CREDIT |      |          |         | A    | B  |     60 |      |            | CEILING_EXCEEDED needed=6 available=5 limit=15
            hold     | h3   |    |           |         | CREDIT |      |          |         | A    | B  |     60 |      | timeout 1h | APPLIED fee=6
            post     | p3   | B  |           |         |        |      |          |         |      |    |        | h3   |            | CEILING_EXCEEDED needed=6 available=5 limit=15
            post     | p4   | B  |           |         |        |      |          |         |      |    |     50 | h3   |            | APPLIED fee=5
            fee      | s    |    |           |         | TIP    | 1000 | SENDER   | R       |      |    |        |      |            | APPLIED
            hold     | h4   |    |           |         | TIP    |      |          |         | A    | B  |     10 |      | timeout 1h | CEILING_EXCEEDED needed=1 available=0 limit=15
            bounds   | bare |    | B         | 0       |        |      |          |         |      |    |        |      |            | APPLIED
            fee      | all  |    |           |         | SERVICE | 10000 | RECEIVER | platform |   |    |        |      |            | APPLIED
            transfer | t5   |    |           |         | SERVICE |     |          |         | A    | B  |     10 |      |            | APPLIED fee=10 to.posted=45
            do       | wallet    | posted | in
            balance  | R/revenue |     15 |  0
            """);

    private static final LedgerPage OWN_REVENUE = LedgerPage.of("a revenue account may itself pay or be paid", """
            wallets R=1000 B
            do       | id   | by | wallet    | ceiling | kind   | bps  | payer    | revenue | from      | to        | amount | hold | with | outcome
            fee      | f    |    |           |         | CREDIT | 1000 | RECEIVER | R       |           |           |        |      |      | APPLIED
            fee      | g    |    |           |         | TIP    | 1000 | SENDER   | R       |           |           |        |      |      | APPLIED
            bounds   | c    |    | R/revenue | 100     |        |      |          |         |           |           |        |      |      | APPLIED
            transfer | t1   |    |           |         | CREDIT |      |          |         | R         | R/revenue |    101 |      |      | CEILING_EXCEEDED needed=101 available=100 limit=100
            transfer | t2   |    |           |         | TIP    |      |          |         | R         | R/revenue |     92 |      |      | CEILING_EXCEEDED needed=101 available=100 limit=100
            hold     | h1   |    |           |         | TIP    |      |          |         | R         | R/revenue |     92 |      | timeout 1h | CEILING_EXCEEDED needed=101 available=100 limit=100
            transfer | c1   |    |           |         | CREDIT |      |          |         | R         | R/revenue |     50 |      | if to posted = 50 | APPLIED fee=5 events=2 to.posted=50
            transfer | c2   |    |           |         | TIP    |      |          |         | R         | R/revenue |     40 |      | if to posted = 94 | APPLIED fee=4 to.posted=94 from.posted=906
            hold     | h2   |    |           |         | CREDIT |      |          |         | R         | R/revenue |      6 |      | timeout 1h | APPLIED fee=1
            post     | p2   | R  |           |         |        |      |          |         |           |           |        | h2   |      | APPLIED fee=1 to.posted=100
            transfer | c3   |    |           |         | CREDIT |      |          |         | R/revenue | B         |     10 |      | if from posted = 91 | APPLIED fee=1 from.posted=91 to.posted=9
            transfer | c4   |    |           |         | TIP    |      |          |         | R         | R/revenue |      8 |      |      | APPLIED fee=1 to.posted=100
            transfer | c5   |    |           |         | TIP    |      |          |         | R/revenue | B         |     10 |      | if from posted = 90 | APPLIED fee=1 from.posted=90
            """);

    private static final LedgerPage REVENUE_STANDING =
            LedgerPage.of("a fee enters no frozen and no closed account", """
            wallets A=100 B R
            do       | id   | wallet    | token | kind   | bps  | revenue | from | to | amount | outcome
            fee      | f    |           |       | CREDIT | 1000 | R       |      |    |        | APPLIED
            freeze   | ice  | R         |       |        |      |         |      |    |        | APPLIED
            transfer | t1   |           |       | CREDIT |      |         | A    | B  |     10 | TO_FROZEN
            transfer | t2   |           |       |        |      |         | A    | B  |     10 | APPLIED
            unfreeze | thaw | R         |       |        |      |         |      |    |        | APPLIED
            transfer | t3   |           |       | CREDIT |      |         | A    | B  |     10 | APPLIED fee=1
            transfer | t4   |           |       |        |      |         | R/revenue | B | 1  | APPLIED
            close    | shut | R/revenue | CRD   |        |      |         |      |    |        | APPLIED
            transfer | t5   |           |       | CREDIT |      |         | A    | B  |     10 | TO_CLOSED
            do       | wallet    | posted
            balance  | A         |     80
            balance  | B         |     20
            balance  | R/revenue |      0
            """);

    private static final LedgerPage RELATED = LedgerPage.of("credits between an owner and its agents bear no fee", """
            wallets A=1000 B C D R
            do       | id | wallet | parent | kind   | bps  | revenue | from | to | amount | timeout | outcome
            fee      | f  |        |        | CREDIT | 1000 | R       |      |    |        |         | APPLIED
            fee      | g  |        |        | TIP    | 1000 | R       |      |    |        |         | APPLIED
            transfer | t0 |        |        | CREDIT |      |         | A    | B  |    100 |         | APPLIED fee=10
            parent   | p1 | B      | A      |        |      |         |      |    |        |         | APPLIED
            parent   | p2 | C      | B      |        |      |         |      |    |        |         | APPLIED
            parent   | p3 | D      | A      |        |      |         |      |    |        |         | APPLIED
            transfer | t1 |        |        | CREDIT |      |         | A    | B  |    100 |         | APPLIED fee=0 events=1
            transfer | t2 |        |        | CREDIT |      |         | A    | C  |    100 |         | APPLIED fee=0 events=1
            transfer | t3 |        |        | CREDIT |      |         | C    | A  |     50 |         | APPLIED fee=0 events=1
            hold     | h1 |        |        | CREDIT |      |         | B    | A  |     50 | 1h      | APPLIED fee=0 events=1
            transfer | t4 |        |        | CREDIT |      |         | B    | D  |     10 |         | APPLIED fee=1 events=2
            transfer | t5 |        |        | CREDIT |      |         | A    | R  |     10 |         | APPLIED fee=1 events=2
            transfer | t6 |        |        | TIP    |      |         | A    | B  |     10 |         | APPLIED fee=1 events=2
            """);

    private FeePages() {}

    static List<LedgerPage> all() {
        return List.of(
                HALF_EVEN,
                CLAMPS,
                SENDER,
                SETTING,
                SENDER_HOLD,
                SENDER_HOLD_BACK,
                RECEIVER_HOLD,
                CEILINGS,
                OWN_REVENUE,
                REVENUE_STANDING,
                RELATED);
    }
}
