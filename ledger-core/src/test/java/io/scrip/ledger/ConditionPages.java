package io.scrip.ledger;

import java.util.List;

/** Conditions, deadlines, dry runs, and as much as there is. */
final class ConditionPages {
    private static final LedgerPage EDGES = LedgerPage.of("each condition at its exact edge", """
            wallets A=100 B=50
            do       | id   | from | to | amount | with                                 | outcome
            transfer | t1   | A    | B  | 10     | dry run, if from version   =  0   | CONDITION_FAILED needed=0 available=1 limit=0
            transfer | t2   | A    | B  | 10     | dry run, if from version   =  1   | APPLIED
            transfer | t3   | A    | B  | 10     | dry run, if from version   =  2   | CONDITION_FAILED needed=0 available=1 limit=2
            transfer | t4   | A    | B  | 10     | dry run, if from version   >= 0   | APPLIED
            transfer | t5   | A    | B  | 10     | dry run, if from version   >= 1   | APPLIED
            transfer | t6   | A    | B  | 10     | dry run, if from version   >= 2   | CONDITION_FAILED needed=0 available=1 limit=2
            transfer | t7   | A    | B  | 10     | dry run, if from version   <= 0   | CONDITION_FAILED needed=0 available=1 limit=0
            transfer | t8   | A    | B  | 10     | dry run, if from version   <= 1   | APPLIED
            transfer | t9   | A    | B  | 10     | dry run, if from version   <= 2   | APPLIED
            transfer | t10  | A    | B  | 10     | dry run, if to   version   =  0   | CONDITION_FAILED needed=0 available=1 limit=0
            transfer | t11  | A    | B  | 10     | dry run, if to   version   =  1   | APPLIED
            transfer | t12  | A    | B  | 10     | dry run, if to   version   =  2   | CONDITION_FAILED needed=0 available=1 limit=2
            transfer | t13  | A    | B  | 10     | dry run, if to   version   >= 0   | APPLIED
            transfer | t14  | A    | B  | 10     | dry run, if to   version   >= 1   | APPLIED
            transfer | t15  | A    | B  | 10     | dry run, if to   version   >= 2   | CONDITION_FAILED needed=0 available=1 limit=2
            transfer | t16  | A    | B  | 10     | dry run, if to   version   <= 0   | CONDITION_FAILED needed=0 available=1 limit=0
            transfer | t17  | A    | B  | 10     | dry run, if to   version   <= 1   | APPLIED
            transfer | t18  | A    | B  | 10     | dry run, if to   version   <= 2   | APPLIED
            transfer | t19  | A    | B  | 10     | dry run, if from available =  89  | CONDITION_FAILED needed=0 available=90 limit=89
            transfer | t20  | A    | B  | 10     | dry run, if from available =  90  | APPLIED
            transfer | t21  | A    | B  | 10     | dry run, if from available =  91  | CONDITION_FAILED needed=0 available=90 limit=91
            transfer | t22  | A    | B  | 10     | dry run, if from available >= 89  | APPLIED
            transfer | t23  | A    | B  | 10     | dry run, if from available >= 90  | APPLIED
            transfer | t24  | A    | B  | 10     | dry run, if from available >= 91  | CONDITION_FAILED needed=0 available=90 limit=91
            transfer | t25  | A    | B  | 10     | dry run, if from available <= 89  | CONDITION_FAILED needed=0 available=90 limit=89
            transfer | t26  | A    | B  | 10     | dry run, if from available <= 90  | APPLIED
            transfer | t27  | A    | B  | 10     | dry run, if from available <= 91  | APPLIED
            transfer | t28  | A    | B  | 10     | dry run, if to   available =  59  | CONDITION_FAILED needed=0 available=60 limit=59
            transfer | t29  | A    | B  | 10     | dry run, if to   available =  60  | APPLIED
            transfer | t30  | A    | B  | 10     | dry run, if to   available =  61  | CONDITION_FAILED needed=0 available=60 limit=61
            transfer | t31  | A    | B  | 10     | dry run, if to   available >= 59  | APPLIED
            transfer | t32  | A    | B  | 10     | dry run, if to   available >= 60  | APPLIED
            transfer | t33  | A    | B  | 10     | dry run, if to   available >= 61  | CONDITION_FAILED needed=0 available=60 limit=61
            transfer | t34  | A    | B  | 10     | dry run, if to   available <= 59  | CONDITION_FAILED needed=0 available=60 limit=59
            transfer | t35  | A    | B  | 10     | dry run, if to   available <= 60  | APPLIED
            transfer | t36  | A    | B  | 10     | dry run, if to   available <= 61  | APPLIED
            transfer | t37  | A    | B  | 10     | dry run, if from posted    =  89  | CONDITION_FAILED needed=0 available=90 limit=89
            transfer | t38  | A    | B  | 10     | dry run, if from posted    =  90  | APPLIED
            transfer | t39  | A    | B  | 10     | dry run, if from posted    =  91  | CONDITION_FAILED needed=0 available=90 limit=91
            transfer | t40  | A    | B  | 10     | dry run, if from posted    >= 89  | APPLIED
            transfer | t41  | A    | B  | 10     | dry run, if from posted    >= 90  | APPLIED
            transfer | t42  | A    | B  | 10     | dry run, if from posted    >= 91  | CONDITION_FAILED needed=0 available=90 limit=91
            transfer | t43  | A    | B  | 10     | dry run, if from posted    <= 89  | CONDITION_FAILED needed=0 available=90 limit=89
            transfer | t44  | A    | B  | 10     | dry run, if from posted    <= 90  | APPLIED
            transfer | t45  | A    | B  | 10     | dry run, if from posted    <= 91  | APPLIED
            transfer | t46  | A    | B  | 10     | dry run, if to   posted    =  59  | CONDITION_FAILED needed=0 available=60 limit=59
            transfer | t47  | A    | B  | 10     | dry run, if to   posted    =  60  | APPLIED
            transfer | t48  | A    | B  | 10     | dry run, if to   posted    =  61  | CONDITION_FAILED needed=0 available=60 limit=61
            transfer | t49  | A    | B  | 10     | dry run, if to   posted    >= 59  | APPLIED
            transfer | t50  | A    | B  | 10     | dry run, if to   posted    >= 60  | APPLIED
            transfer | t51  | A    | B  | 10     | dry run, if to   posted    >= 61  | CONDITION_FAILED needed=0 available=60 limit=61
            transfer | t52  | A    | B  | 10     | dry run, if to   posted    <= 59  | CONDITION_FAILED needed=0 available=60 limit=59
            transfer | t53  | A    | B  | 10     | dry run, if to   posted    <= 60  | APPLIED
            transfer | t54  | A    | B  | 10     | dry run, if to   posted    <= 61  | APPLIED
            """);

    private static final LedgerPage HOLD_EDGES =
            LedgerPage.of("a hold changes what is available to the payer only", """
            wallets A=100 B=50
            do       | id   | from | to | amount | timeout | with                                 | outcome
            hold     | h1   | A    | B  | 10     | 5s      | dry run, if from version   =  1   | APPLIED
            hold     | h2   | A    | B  | 10     | 5s      | dry run, if from version   =  2   | CONDITION_FAILED needed=0 available=1 limit=2
            hold     | h3   | A    | B  | 10     | 5s      | dry run, if from version   >= 1   | APPLIED
            hold     | h4   | A    | B  | 10     | 5s      | dry run, if from version   >= 2   | CONDITION_FAILED needed=0 available=1 limit=2
            hold     | h5   | A    | B  | 10     | 5s      | dry run, if from version   <= 1   | APPLIED
            hold     | h6   | A    | B  | 10     | 5s      | dry run, if from version   <= 0   | CONDITION_FAILED needed=0 available=1 limit=0
            hold     | h7   | A    | B  | 10     | 5s      | dry run, if to   version   =  1   | APPLIED
            hold     | h8   | A    | B  | 10     | 5s      | dry run, if to   version   =  2   | CONDITION_FAILED needed=0 available=1 limit=2
            hold     | h9   | A    | B  | 10     | 5s      | dry run, if to   version   >= 1   | APPLIED
            hold     | h10  | A    | B  | 10     | 5s      | dry run, if to   version   >= 2   | CONDITION_FAILED needed=0 available=1 limit=2
            hold     | h11  | A    | B  | 10     | 5s      | dry run, if to   version   <= 1   | APPLIED
            hold     | h12  | A    | B  | 10     | 5s      | dry run, if to   version   <= 0   | CONDITION_FAILED needed=0 available=1 limit=0
            hold     | h13  | A    | B  | 10     | 5s      | dry run, if from available =  90  | APPLIED
            hold     | h14  | A    | B  | 10     | 5s      | dry run, if from available =  91  | CONDITION_FAILED needed=0 available=90 limit=91
            hold     | h15  | A    | B  | 10     | 5s      | dry run, if from available >= 90  | APPLIED
            hold     | h16  | A    | B  | 10     | 5s      | dry run, if from available >= 91  | CONDITION_FAILED needed=0 available=90 limit=91
            hold     | h17  | A    | B  | 10     | 5s      | dry run, if from available <= 90  | APPLIED
            hold     | h18  | A    | B  | 10     | 5s      | dry run, if from available <= 89  | CONDITION_FAILED needed=0 available=90 limit=89
            hold     | h19  | A    | B  | 10     | 5s      | dry run, if to   available =  50  | APPLIED
            hold     | h20  | A    | B  | 10     | 5s      | dry run, if to   available =  51  | CONDITION_FAILED needed=0 available=50 limit=51
            hold     | h21  | A    | B  | 10     | 5s      | dry run, if to   available >= 50  | APPLIED
            hold     | h22  | A    | B  | 10     | 5s      | dry run, if to   available >= 51  | CONDITION_FAILED needed=0 available=50 limit=51
            hold     | h23  | A    | B  | 10     | 5s      | dry run, if to   available <= 50  | APPLIED
            hold     | h24  | A    | B  | 10     | 5s      | dry run, if to   available <= 49  | CONDITION_FAILED needed=0 available=50 limit=49
            hold     | h25  | A    | B  | 10     | 5s      | dry run, if from posted    =  100 | APPLIED
            hold     | h26  | A    | B  | 10     | 5s      | dry run, if from posted    =  101 | CONDITION_FAILED needed=0 available=100 limit=101
            hold     | h27  | A    | B  | 10     | 5s      | dry run, if from posted    >= 100 | APPLIED
            hold     | h28  | A    | B  | 10     | 5s      | dry run, if from posted    >= 101 | CONDITION_FAILED needed=0 available=100 limit=101
            hold     | h29  | A    | B  | 10     | 5s      | dry run, if from posted    <= 100 | APPLIED
            hold     | h30  | A    | B  | 10     | 5s      | dry run, if from posted    <= 99  | CONDITION_FAILED needed=0 available=100 limit=99
            hold     | h31  | A    | B  | 10     | 5s      | dry run, if to   posted    =  50  | APPLIED
            hold     | h32  | A    | B  | 10     | 5s      | dry run, if to   posted    =  51  | CONDITION_FAILED needed=0 available=50 limit=51
            hold     | h33  | A    | B  | 10     | 5s      | dry run, if to   posted    >= 50  | APPLIED
            hold     | h34  | A    | B  | 10     | 5s      | dry run, if to   posted    >= 51  | CONDITION_FAILED needed=0 available=50 limit=51
            hold     | h35  | A    | B  | 10     | 5s      | dry run, if to   posted    <= 50  | APPLIED
            hold     | h36  | A    | B  | 10     | 5s      | dry run, if to   posted    <= 49  | CONDITION_FAILED needed=0 available=50 limit=49
            """);

    private static final LedgerPage REAL =
            LedgerPage.of("all conditions must hold, and the first that does not is named", """
            wallets A=100 B
            do       | id   | from | to | amount | with                                                        | outcome
            transfer | t1   | A    | B  |     10 | if from version = 1, if to version = 0, if from posted >= 90 | APPLIED
            transfer | t2   | A    | B  |     10 | if from version = 1                                         | CONDITION_FAILED available=2 limit=1
            transfer | t3   | A    | B  |     10 | if to posted <= 20, if from available >= 81, if from version = 9 | CONDITION_FAILED available=80 limit=81
            transfer | t4   | A    | B  |     10 | if to posted <= 20, if from available >= 80, if from version = 2 | APPLIED
            retry    | t2   |      |    |        |                                                             | replayed CONDITION_FAILED
            """);

    private static final LedgerPage UNLIMITED = LedgerPage.of("an account without floor always has enough", """
            wallets A=100 B
            do       | id   | wallet | floor | from | to | amount | with                    | outcome
            bounds   | none | A      | none  |      |    |        |                         | APPLIED
            transfer | t1   |        |       | A    | B  |     10 | if from available = max | APPLIED
            bounds   | deep | A      | min+1 |      |    |        |                         | APPLIED
            transfer | t2   |        |       | A    | B  |     10 | if from available = max | APPLIED
            transfer | t3   |        |       | A    | B  |     80 | if from available = max | APPLIED
            transfer | t4   |        |       | A    | B  |      1 | if from available = max | CONDITION_FAILED available=max-1 limit=max
            """);

    private static final LedgerPage WITH_FEE = LedgerPage.of("conditions see the fee", """
            wallets A=200 B R
            do       | id   | kind   | bps  | payer    | revenue | from | to | amount | timeout | with                 | outcome
            fee      | f    | CREDIT | 1000 | RECEIVER | R       |      |    |        |         |                      | APPLIED
            fee      | g    | TIP    | 1000 | SENDER   | R       |      |    |        |         |                      | APPLIED
            transfer | t1   | CREDIT |      |          |         | A    | B  |    100 |         | if to posted = 100   | CONDITION_FAILED available=90 limit=100
            transfer | t2   | CREDIT |      |          |         | A    | B  |    100 |         | if to posted = 90, if from posted = 100 | APPLIED
            transfer | t3   | TIP    |      |          |         | A    | B  |     50 |         | if from posted = 50  | CONDITION_FAILED available=45 limit=50
            transfer | t4   | TIP    |      |          |         | A    | B  |     50 |         | if from posted = 45, if to posted = 140 | APPLIED
            hold     | h1   | TIP    |      |          |         | A    | B  |     10 | 1h      | if from available = 35 | CONDITION_FAILED available=34
            hold     | h2   | TIP    |      |          |         | A    | B  |     10 | 1h      | if from available = 34, if to available = 140 | APPLIED
            """);

    private static final LedgerPage DEADLINE = LedgerPage.of("applied before the deadline and never at it", """
            wallets A=100 B
            do       | id   | from | to | amount | timeout | before   | outcome
            transfer | t1   | A    | B  |      1 |         | now      | TOO_LATE needed=0
            transfer | t2   | A    | B  |      1 |         | now+1ns  | APPLIED
            transfer | t3   | A    | B  |      1 |         | now-1ns  | TOO_LATE
            transfer | t4   | A    | B  |      1 |         | 1ns      | TOO_LATE limit=1
            transfer | t5   | A    | B  |      1 |         | -1ns     | TOO_LATE limit=-1
            transfer | t6   | A    | B  |      1 |         | 0        | APPLIED
            hold     | h1   | A    | B  |      1 | 1s      | now      | TOO_LATE
            hold     | h2   | A    | B  |      1 | 1s      | now+1ns  | APPLIED
            advance 1d
            do       | id   | outcome
            retry    | t1   | replayed TOO_LATE
            retry    | t2   | replayed APPLIED
            do       | wallet | posted
            balance  | B      |      2
            """);

    private static final LedgerPage DRY_RUN = LedgerPage.of("a dry run foretells everything and changes nothing", """
            wallets A=100 B R
            do       | id   | kind   | bps  | payer    | revenue | from | to      | amount | timeout | with    | outcome
            fee      | f    | CREDIT | 1000 | RECEIVER | R       |      |         |        |         |         | APPLIED
            fee      | g    | TIP    | 1000 | SENDER   | R       |      |         |        |         |         | APPLIED
            transfer | d1   |        |      |          |         | A    | B       |    100 |         | dry run | APPLIED amount=100 event=0 from.posted=0 to.posted=100 from.version=2 to.version=1
            transfer | d1   |        |      |          |         | A    | B       |    101 |         | dry run | INSUFFICIENT_FUNDS needed=101 available=100 limit=0 event=0
            transfer | d1   | CREDIT |      |          |         | A    | B       |    100 |         | dry run | APPLIED fee=10 from.posted=0 to.posted=90 from.version=2 to.version=2
            transfer | d1   | TIP    |      |          |         | A    | B       |     50 |         | dry run | APPLIED fee=5 from.posted=45 to.posted=50 from.version=3
            transfer | d1   |        |      |          |         | A    | A/stake |     30 |         | dry run | APPLIED from.posted=70 from.staked=30 from.version=2
            hold     | d1   |        |      |          |         | A    | B       |     40 | 5s      | dry run | APPLIED expires=5s from.out=40 from.available=60 to.in=40 to.posted=0
            hold     | d1   | TIP    |      |          |         | A    | B       |     40 | 5s      | dry run | APPLIED from.out=44 to.in=40
            transfer | d1   |        |      |          |         | A    | B       |    500 |         | dry run, up to | APPLIED amount=100
            transfer | d1   |        |      |          |         | A    | B       |    500 |         | dry run, before 1ns | TOO_LATE
            transfer | d1   |        |      |          |         | A    | B       |      1 |         | dry run, cut | MALFORMED
            do       | wallet  | posted | out | version | opened
            balance  | A       |    100 |   0 | 1       | yes
            balance  | A/stake |      0 |   0 | 0       | no
            balance  | B       |      0 |   0 | 0       | yes
            do       | id   | from | to      | amount | outcome
            transfer | d1   | A    | A/stake |     30 | APPLIED from.posted=70 from.staked=30 from.version=2
            transfer | d1   | A    | A/stake |     31 | IDEMPOTENCY_CONFLICT
            """);

    private static final LedgerPage UP_TO = LedgerPage.of("as much as is available, at most the amount", """
            wallets A=100 B C
            do       | id   | wallet | floor | from | to | amount | timeout | with  | outcome
            bounds   | f    | A      | 20    |      |    |        |         |       | APPLIED
            transfer | t1   |        |       | A    | B  |     30 |         | up to | APPLIED amount=30
            hold     | h1   |        |       | A    | B  |     60 | 1h      | up to | APPLIED amount=50 from.out=50 from.available=0
            transfer | t2   |        |       | A    | B  |      1 |         | up to | NOTHING_AVAILABLE needed=1 available=0 limit=0
            bounds   | f2   | A      | 90    |      |    |        |         |       | APPLIED
            transfer | t3   |        |       | A    | B  |      1 |         | up to | NOTHING_AVAILABLE needed=1 available=-70
            transfer | t4   |        |       | A    | B  |      0 |         | up to | AMOUNT_NOT_POSITIVE
            transfer | t5   |        |       | C    | B  |    max |         | up to | NOTHING_AVAILABLE
            transfer | t6   |        |       | B    | C  |    max |         | up to | APPLIED amount=30
            bounds   | f3   | B      | none  |      |    |        |         |       | APPLIED
            transfer | t7   |        |       | B    | C  |    500 |         | up to | APPLIED amount=500
            """);

    private static final LedgerPage UP_TO_WITH_FEE =
            LedgerPage.of("as much as is available together with the sender's fee", """
            wallets A=100 B R C=9 D=10 E
            do       | id   | wallet | floor | kind   | bps  | min | payer    | revenue | from | to | amount | timeout | with  | outcome
            fee      | f    |        |       | CREDIT | 1000 |     | SENDER   | R       |      |    |        |         |       | APPLIED
            fee      | g    |        |       | TIP    | 0    | 9   | SENDER   | R       |      |    |        |         |       | APPLIED
            fee      | k    |        |       | SERVICE | 1000 |    | RECEIVER | R       |      |    |        |         |       | APPLIED
            transfer | t0   |        |       | CREDIT |      |     |          |         | A    | B  |     10 |         | up to | APPLIED amount=10 fee=1
            transfer | t1   |        |       | CREDIT |      |     |          |         | A    | B  |    500 |         | up to | APPLIED amount=81 fee=8 from.posted=0
            transfer | t2   |        |       | TIP    |      |     |          |         | C    | B  |    500 |         | up to | NOTHING_AVAILABLE needed=1 available=9
            transfer | t3   |        |       | TIP    |      |     |          |         | D    | B  |    500 |         | up to | APPLIED amount=1 fee=9 from.posted=0
            hold     | h1   |        |       | CREDIT |      |     |          |         | B    | A  |    500 | 1h      | up to | APPLIED amount=84 fee=8 from.available=0
            transfer | t4   |        |       | SERVICE |     |     |          |         | C    | A  |    500 |         | up to | APPLIED amount=9 fee=1 from.posted=0 to.posted=8
            bounds   | none | E      | none  |        |      |     |          |         |      |    |        |         |       | APPLIED
            transfer | t5   |        |       | CREDIT |      |     |          |         | E    | R  |   2^62 |         | up to | APPLIED amount=2^62
            """);

    private ConditionPages() {}

    static List<LedgerPage> all() {
        return List.of(EDGES, HOLD_EDGES, REAL, UNLIMITED, WITH_FEE, DEADLINE, DRY_RUN, UP_TO, UP_TO_WITH_FEE);
    }
}
