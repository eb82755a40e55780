package io.scrip.ledger;

import java.util.List;

/**
 * Value with terms. A row {@code issue} with a category makes a lot: {@code good} is when it becomes good, {@code till}
 * when it expires, {@code cash} from when it may be turned into cash. A row {@code lots} looks at them, in burn-down
 * order; a sentence {@code time} gives a time to come a name.
 */
final class LotPages {
    private static final LedgerPage ORDER = LedgerPage.of("lots burn in the order of their terms", """
            wallets A=1 B
            time soon after 100s
            time later after 900s
            do    | id | to | amount | category    | priority | till  | outcome
            issue | l1 | A  | 1      | PAID        | 200      | never | APPLIED
            issue | l2 | A  | 2      | PAID        | 128      | never | APPLIED
            issue | l3 | A  | 4      | PROMOTIONAL | 128      | never | APPLIED
            issue | l4 | A  | 8      | PAID        | 128      | later | APPLIED
            issue | l5 | A  | 16     | PROMOTIONAL | 128      | later | APPLIED
            issue | l6 | A  | 32     | PAID        | 128      | soon  | APPLIED
            issue | l7 | A  | 64     | PAID        | 1        | never | APPLIED
            do   | wallet | lots
            lots | A | 64 PAID 1; 32 PAID 128 till soon; 16 PROMOTIONAL 128 till later; 8 PAID 128 till later; 4 PROMOTIONAL 128; 2 PAID 128; 1 PAID 200
            do       | id   | from | to | amount | with    | outcome
            transfer | high | A    | B  | 64     | dry run | APPLIED from.posted=64
            transfer | high | A    | B  | 64     |         | APPLIED from.posted=64
            do   | wallet | lots
            lots | A | 32 PAID 128 till soon; 16 PROMOTIONAL 128 till later; 8 PAID 128 till later; 4 PROMOTIONAL 128; 2 PAID 128; 1 PAID 200
            lots | B | 64 PAID 1
            do       | id   | from | to | amount | outcome
            transfer | next | A    | B  | 60     | APPLIED
            do   | wallet | lots
            lots | A | 2 PAID 128; 1 PAID 200
            do       | id    | from | to | amount | outcome
            transfer | plain | A    | B  | 1      | APPLIED
            do   | wallet | lots
            lots | A | 2 PAID 128; 1 PAID 200
            do       | id   | from | to | amount | outcome
            transfer | last | A    | B  | 3      | APPLIED from.posted=0
            do   | wallet | lots
            lots | A | none
            lots | B | 64 PAID 1; 32 PAID 128 till soon; 16 PROMOTIONAL 128 till later; 8 PAID 128 till later; 4 PROMOTIONAL 128; 2 PAID 128; 1 PAID 200
            """);

    private static final LedgerPage TRAVEL = LedgerPage.of("terms travel with whatever moves", """
            wallets A B C
            time dusk after 1h
            time payday after 30d
            do    | id | to | amount | category    | priority | till | cash   | outcome
            issue | l1 | A  | 10     | PROMOTIONAL | 10       | dusk |        | APPLIED
            issue | l2 | A  | 20     | PAID        | 20       |      | payday | APPLIED
            do       | id | from | to | amount | outcome
            transfer | t1 | A    | B  | 15     | APPLIED
            transfer | t2 | B    | C  | 12     | APPLIED
            do   | wallet | lots
            lots | A | 15 PAID 20 cash payday
            lots | B | 3 PAID 20 cash payday
            lots | C | 10 PROMOTIONAL 10 till dusk; 2 PAID 20 cash payday
            do    | id | by | from | to | amount | outcome
            multi | m  | C  |      |    |        | APPLIED
            leg   |    |    | C    | A  | 4      |
            leg   |    |    | C    | B  | 7      |
            do   | wallet | lots
            lots | A | 4 PROMOTIONAL 10 till dusk; 15 PAID 20 cash payday
            lots | B | 6 PROMOTIONAL 10 till dusk; 4 PAID 20 cash payday
            lots | C | 1 PAID 20 cash payday
            do   | id | by | from | to | amount | timeout | hold | with  | outcome
            hold | h  |    | B    | C  | 8      | 5m      |      |       | APPLIED from.available=2
            post | p  | C  |      |    | 7      |         | h    | final | APPLIED
            do   | wallet | lots
            lots | B | 3 PAID 20 cash payday
            lots | C | 6 PROMOTIONAL 10 till dusk; 2 PAID 20 cash payday
            do  | id | kind | payer    | bps  | revenue | outcome
            fee | f  | TIP  | RECEIVER | 5000 | A       | APPLIED
            do       | id | from | to | amount | kind | outcome
            transfer | t3 | C    | B  | 8      | TIP  | APPLIED fee=4 to.posted=7
            do   | wallet | lots
            lots | B | 2 PROMOTIONAL 10 till dusk; 5 PAID 20 cash payday
            lots | C | none
            do      | wallet    | posted
            balance | A/revenue | 4
            """);

    private static final LedgerPage EXPIRY =
            LedgerPage.of("a lot is good from its time to its expiry, then goes to breakage", """
            wallets A B
            time noon after 10s
            time dusk after 20s
            do    | id | to | amount | category    | good | till | outcome
            issue | l  | A  | 10     | PROMOTIONAL | noon | dusk | APPLIED to.posted=10 to.withheld=10 to.available=0
            next at noon - 1ns
            do       | id | from | to | amount | outcome
            transfer | t1 | A    | B  | 1      | INSUFFICIENT_FUNDS needed=1 available=0
            next at noon
            do       | id | from | to | amount | outcome
            transfer | t2 | A    | B  | 4      | APPLIED from.available=6 from.withheld=0
            do   | wallet | lots
            lots | A | 6 PROMOTIONAL 128 good noon till dusk
            lots | B | 4 PROMOTIONAL 128 good noon till dusk
            next at dusk - 1ns
            do       | id | from | to | amount | outcome
            transfer | t3 | A    | B  | 1      | APPLIED
            next at dusk
            do       | id | from | to | amount | outcome
            transfer | t4 | A    | B  | 1      | INSUFFICIENT_FUNDS needed=1 available=0
            do      | wallet            | posted
            balance | A                 | 0
            balance | B                 | 0
            balance | platform/breakage | 10
            do   | wallet | lots
            lots | A | none
            lots | B | none
            """);

    private static final LedgerPage VOIDED = LedgerPage.of("a void gives back the very lots that were set aside", """
            wallets A=5 B
            time noon after 1h
            time payday after 30d
            do    | id | to | amount | category    | priority | till | cash   | outcome
            issue | l1 | A  | 10     | PROMOTIONAL | 10       | noon |        | APPLIED
            issue | l2 | A  | 20     | PAID        | 20       |      | payday | APPLIED
            do   | id | by | from | to | amount | timeout | hold | outcome
            hold | h1 |    | A    | B  | 33     | 2h      |      | APPLIED from.available=2
            do   | wallet | lots
            lots | A | none
            do   | id | by | hold | outcome
            void | v1 | B  | h1   | APPLIED from.available=35
            do   | wallet | lots
            lots | A | 10 PROMOTIONAL 10 till noon; 20 PAID 20 cash payday
            do   | id | by | from | to | amount | timeout | hold | outcome
            hold | h2 |    | A    | B  | 15     | 1m      |      | APPLIED
            next at expiry of h2
            tick |    |    |      |    |        |         |      | APPLIED
            expired h2
            do   | wallet | lots
            lots | A | 10 PROMOTIONAL 10 till noon; 20 PAID 20 cash payday
            do   | id | by | from | to | amount | timeout | hold | outcome
            hold | h3 |    | A    | B  | 12     | 2h      |      | APPLIED
            next at noon
            post | p3 | B  |      |    | 4      |         | h3   | APPLIED
            do   | wallet | lots
            lots | B | 4 PROMOTIONAL 10
            do   | id | by | hold | outcome
            void | v3 | B  | h3   | APPLIED
            do   | wallet | lots
            lots | A | 20 PAID 20 cash payday
            do      | wallet            | posted | out
            balance | A                 | 25     | 0
            balance | B                 | 4      | 0
            balance | platform/breakage | 6      | 0
            """);

    private static final LedgerPage REVERSED =
            LedgerPage.of("a reversal restores what was spent, last burned first", """
            wallets A=50 B R
            time noon after 1h
            time payday after 30d
            do    | id | to | amount | category    | priority | till | cash   | outcome
            issue | l1 | A  | 10     | PROMOTIONAL | 10       | noon |        | APPLIED
            issue | l2 | A  | 20     | PAID        | 20       |      | payday | APPLIED
            do  | id | kind | payer  | bps  | revenue | outcome
            fee | f  | TIP  | SENDER | 2000 | R       | APPLIED
            do       | id  | from | to | amount | kind | outcome
            transfer | pay | A    | B  | 35     | TIP  | APPLIED fee=7
            do   | wallet | lots
            lots | A | none
            lots | B | 10 PROMOTIONAL 10 till noon; 20 PAID 20 cash payday
            do      | id | by | of  | amount | outcome
            reverse | r1 | B  | pay | 10     | APPLIED amount=10 fee=2
            do   | wallet | lots
            lots | A | 5 PAID 20 cash payday
            lots | B | 10 PROMOTIONAL 10 till noon; 15 PAID 20 cash payday
            do      | id | by | of  | amount | outcome
            reverse | r2 | B  | pay |        | APPLIED amount=25 fee=5
            reverse | r3 | B  | pay | 1      | EXCEEDS_ORIGINAL needed=1 available=0 limit=35
            do   | wallet | lots
            lots | A | 10 PROMOTIONAL 10 till noon; 20 PAID 20 cash payday
            lots | B | none
            do      | wallet    | posted
            balance | A         | 80
            balance | R/revenue | 0
            """);

    private static final LedgerPage LATE_REVERSAL =
            LedgerPage.of("what a reversal restores too late goes to breakage, and a bonus stays one", """
            wallets A=100 B C
            time noon after 1h
            do    | id | to | amount | category    | priority | till | outcome
            issue | l1 | A  | 10     | PROMOTIONAL | 10       | noon | APPLIED
            do       | id   | from | to | amount | outcome
            transfer | gift | A    | B  | 10     | APPLIED
            transfer | cash | A    | B  | 20     | APPLIED
            next at noon
            do      | id | by | of   | outcome
            reverse | r1 | B  | gift | APPLIED amount=10
            do      | wallet            | posted
            balance | A                 | 80
            balance | B                 | 10
            balance | platform/breakage | 20
            do       | id    | from | to | amount | outcome
            transfer | spend | B    | C  | 10     | APPLIED
            do    | id | to | amount | category    | priority | till  | outcome
            issue | l2 | B  | 20     | PROMOTIONAL | 10       | never | APPLIED
            do      | id | by | of   | outcome
            reverse | r2 | B  | cash | APPLIED amount=20
            do   | wallet | lots
            lots | A | 20 PROMOTIONAL 128
            do      | wallet | posted
            balance | A      | 100
            """);

    private static final LedgerPage TERMS = LedgerPage.of("terms that cannot be are refused", """
            wallets A B
            time noon after 1h
            do    | id | to | amount | category    | priority | good     | till     | cash | outcome
            issue | b1 | A  | 1      |             | 1        |          |          |      | BAD_TERMS needed=0 available=0 limit=0
            issue | b2 | A  | 1      |             |          | noon     |          |      | BAD_TERMS
            issue | b3 | A  | 1      |             |          |          | noon     |      | BAD_TERMS
            issue | b4 | A  | 1      |             |          |          |          | noon | BAD_TERMS
            issue | b5 | A  | 1      | PROMOTIONAL |          | noon     | noon     |      | BAD_TERMS
            issue | b6 | A  | 1      | PROMOTIONAL |          | -5ns     |          |      | BAD_TERMS needed=-5 limit=0
            issue | b7 | A  | 1      | PAID        |          |          |          | -7ns | BAD_TERMS needed=-7 limit=0
            issue | b8 | A  | 1      | PAID        |          |          | now      |      | BAD_TERMS
            issue | g1 | A  | 1      | PAID        | 255      | noon-1ns | noon     | noon | APPLIED
            issue | g2 | A  | 1      | PAID        | 0        |          | now+1s   |      | APPLIED
            """);

    private static final LedgerPage MANY = LedgerPage.of("a movement of more than 512 lots is refused", """
            wallets A B C
            time noon after 1h
            do    | id | to | amount | times | category | till | outcome
            issue | l  | A  | 2      | 513   | PAID     | noon | APPLIED
            do       | id  | by | from | to | amount | timeout | hold | outcome
            transfer | all |    | A    | B  | 1026   |         |      | TOO_MANY_LOTS needed=1026 available=1024 limit=512
            hold     | ha  |    | A    | B  | 1025   | 2h      |      | TOO_MANY_LOTS needed=1025 available=1024 limit=512
            multi    | ma  | A  |      |    |        |         |      | TOO_MANY_LOTS needed=1025 available=1024 limit=512
            leg      |     |    | A    | B  | 1025   |         |      |
            hold     | hb  |    | A    | B  | 1024   | 2h      |      | APPLIED
            void     | vb  | B  |      |    |        |         | hb   | APPLIED
            transfer | fit |    | A    | B  | 1024   |         |      | APPLIED
            do      | id | by | of  | outcome
            reverse | r  | B  | fit | APPLIED
            do       | id | from | to | amount | outcome
            transfer | t1 | A    | B  | 1025   | TOO_MANY_LOTS needed=1025 available=1024 limit=512
            next at noon + 514ns
            tick     |    |      |    |        | APPLIED
            do      | wallet            | posted
            balance | A                 | 0
            balance | platform/breakage | 1026
            """);

    private LotPages() {}

    static List<LedgerPage> all() {
        return List.of(ORDER, TRAVEL, EXPIRY, VOIDED, REVERSED, LATE_REVERSAL, TERMS, MANY);
    }
}
