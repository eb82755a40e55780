package io.scrip.ledger;

import java.util.List;

/** Every sum at the largest amount there is. */
final class OverflowPages {
    private static final LedgerPage TOTALS = LedgerPage.of("each of the four totals stays within a long", """
            wallets A B C
            do       | id    | by | wallet | floor | from | to | amount | timeout | hold | outcome
            issue    | i1    |    |        |       |      | A  | max    |         |      | APPLIED to.posted=max
            issue    | i2    |    |        |       |      | B  | 1      |         |      | OVERFLOW needed=1 limit=max
            transfer | t1    |    |        |       | A    | B  | 5      |         |      | APPLIED
            transfer | t2    |    |        |       | B    | A  | 1      |         |      | OVERFLOW needed=1 available=0 limit=max
            hold     | h1    |    |        |       | B    | A  | 1      | 1h      |      | OVERFLOW
            bounds   | f     |    | A      | none  |      |    |        |         |      | APPLIED
            transfer | t3    |    |        |       | A    | B  | max-5  |         |      | APPLIED
            transfer | t4    |    |        |       | A    | C  | 1      |         |      | OVERFLOW
            hold     | h2    |    |        |       | A    | C  | 1      | 1h      |      | OVERFLOW
            """);

    private static final LedgerPage PENDING = LedgerPage.of("posted and pending together stay within a long", """
            wallets A=100 B C=7
            do       | id    | by | wallet | floor | from | to | amount | timeout | hold | outcome
            bounds   | f     |    | A      | none  |      |    |        |         |      | APPLIED
            hold     | h1    |    |        |       | A    | B  | max-10 | 1h      |      | APPLIED
            hold     | h2    |    |        |       | A    | B  | 10     | 1h      |      | APPLIED from.out=max
            transfer | t1    |    |        |       | A    | C  | 1      |         |      | OVERFLOW
            transfer | t2    |    |        |       | C    | B  | 1      |         |      | OVERFLOW
            hold     | h3    |    |        |       | C    | B  | 1      | 1h      |      | OVERFLOW
            post     | p1    | B  |        |       |      |    |        |         | h1   | APPLIED
            post     | p2    | B  |        |       |      |    |        |         | h2   | APPLIED to.posted=max
            transfer | t3    |    |        |       | C    | B  | 1      |         |      | OVERFLOW
            transfer | t4    |    |        |       | B    | C  | max-7  |         |      | APPLIED
            transfer | t5    |    |        |       | B    | C  | 1      |         |      | OVERFLOW
            do       | wallet | posted   | available
            balance  | A      | 100-max  | max
            balance  | B      | 7        | 7
            balance  | C      | max      | max
            """);

    private static final LedgerPage FEES = LedgerPage.of("amount and fee together stay within a long", """
            wallets A=100 B R C D=5 E
            do       | id    | by | wallet    | floor | kind    | bps   | payer    | revenue | from      | to        | amount | timeout | hold | with  | outcome
            fee      | s     |    |           |       | CREDIT  | 1000  | SENDER   | R       |           |           |        |         |      |       | APPLIED
            fee      | r     |    |           |       | TIP     | 10000 | RECEIVER | R       |           |           |        |         |      |       | APPLIED
            bounds   | f     |    | A         | none  |         |       |          |         |           |           |        |         |      |       | APPLIED
            transfer | t1    |    |           |       | CREDIT  |       |          |         | A         | B         | max    |         |      |       | OVERFLOW needed=max
            transfer | t2    |    |           |       | CREDIT  |       |          |         | A         | B         | max    |         |      | up to | APPLIED amount=8384883669867978006 fee=838488366986797801 from.posted=100-max
            transfer | t3    |    |           |       |         |       |          |         | A         | C         | 1      |         |      |       | OVERFLOW
            """);

    private static final LedgerPage RECEIVER = LedgerPage.of("a fee's debit and credit stay within a long", """
            wallets A=100 B R C=50
            do       | id    | by | wallet    | floor | kind | bps   | payer    | revenue | from      | to        | amount | timeout | hold | outcome
            fee      | r     |    |           |       | TIP  | 10000 | RECEIVER | R       |           |           |        |         |      | APPLIED
            bounds   | f     |    | A         | none  |      |       |          |         |           |           |        |         |      | APPLIED
            transfer | big   | system |       |       |      |       |          |         | A         | R/revenue | max-10 |         |      | APPLIED
            transfer | t1    |    |           |       | TIP  |       |          |         | C         | B         | 11     |         |      | OVERFLOW needed=11
            transfer | t2    |    |           |       | TIP  |       |          |         | C         | B         | 4      |         |      | APPLIED fee=4
            hold     | h     |    |           |       | TIP  |       |          |         | C         | B         | 6      | 1h      |      | APPLIED fee=6
            transfer | t3    |    |           |       | TIP  |       |          |         | C         | B         | 1      |         |      | APPLIED fee=1
            post     | p1    | B  |           |       |      |       |          |         |           |           | 6      |         | h    | OVERFLOW needed=6
            post     | p2    | B  |           |       |      |       |          |         |           |           | 5      |         | h    | APPLIED fee=5 to.posted=0
            do       | wallet    | posted
            balance  | R/revenue | max
            """);

    private static final LedgerPage PAYEES_DEBITS = LedgerPage.of("a payee's debits leave no room for its fee", """
            wallets A=1000 B R C
            do       | id    | by     | wallet | floor | kind | bps   | payer    | revenue | from | to | amount | timeout | hold | outcome
            fee      | r     |        |        |       | TIP  | 10000 | RECEIVER | R       |      |    |        |         |      | APPLIED
            bounds   | f     |        | B      | none  |      |       |          |         |      |    |        |         |      | APPLIED
            hold     | h     |        |        |       | TIP  |       |          |         | A    | B  | 8      | 1h      |      | APPLIED
            transfer | away  |        |        |       |      |       |          |         | B    | C  | max-5  |         |      | APPLIED
            transfer | t1    |        |        |       | TIP  |       |          |         | A    | B  | 6      |         |      | OVERFLOW
            post     | p1    | B      |        |       |      |       |          |         |      |    |        |         | h    | OVERFLOW needed=8
            post     | p2    | B      |        |       |      |       |          |         |      |    | 5      |         | h    | APPLIED fee=5
            post     | p3    | B      |        |       |      |       |          |         |      |    | 1      |         | h    | OVERFLOW needed=1
            void     | v     | B      |        |       |      |       |          |         |      |    |        |         | h    | APPLIED
            """);

    private static final LedgerPage SAME_ACCOUNT = LedgerPage.of("amount and fee into one account are one sum", """
            wallets R=2000 A B
            do       | id    | by     | wallet | floor | kind   | bps  | payer    | revenue | from | to        | amount | timeout | outcome
            fee      | s     |        |        |       | CREDIT | 1000 | SENDER   | R       |      |           |        |         | APPLIED
            fee      | r     |        |        |       | TIP    | 1000 | RECEIVER | R       |      |           |        |         | APPLIED
            bounds   | none  |        | A      | none  |        |      |          |         |      |           |        |         | APPLIED
            transfer | big   | system |        |       |        |      |          |         | A    | R/revenue | max-100 |        | APPLIED
            transfer | t1    |        |        |       | CREDIT |      |          |         | R    | R/revenue | 100    |         | OVERFLOW needed=100
            transfer | t2    |        |        |       | TIP    |      |          |         | R    | R/revenue | 100    |         | OVERFLOW needed=100
            hold     | h1    |        |        |       | CREDIT |      |          |         | R    | R/revenue | 100    | 1h      | OVERFLOW needed=100
            transfer | t3    |        |        |       | CREDIT |      |          |         | R    | R/revenue | 50     |         | APPLIED fee=5
            transfer | t4    |        |        |       | TIP    |      |          |         | R    | R/revenue | 41     |         | APPLIED fee=4
            do       | wallet    | posted
            balance  | R/revenue | max-4
            """);

    private static final LedgerPage REVERSED = LedgerPage.of("a reversal overflows like any movement", """
            wallets A B
            do       | id    | by | of  | from | to | amount | outcome
            issue    | i     |    |     |      | A  | max    | APPLIED
            transfer | pay   |    |     | A    | B  | 10     | APPLIED
            reverse  | r     | B  | pay |      |    |        | OVERFLOW needed=10 available=0 limit=max
            do       | of   | amount
            reversed | pay  | 0
            """);

    private static final LedgerPage LEGS = LedgerPage.of("legs overflow one after the other", """
            wallets A B C=9
            do       | id    | by     | from | to | amount | outcome
            issue    | i     |        |      | A  | max-9  | APPLIED
            multi    | m     | system |      |    |        | OVERFLOW needed=9
            leg      |       |        | C    | A  | 9      |
            leg      |       |        | A    | C  | 9      |
            leg      |       |        | C    | A  | 9      |
            do       | wallet | posted | version
            balance  | A      | max-9  | 1
            balance  | C      | 9      | 1
            """);

    private OverflowPages() {}

    static List<LedgerPage> all() {
        return List.of(TOTALS, PENDING, FEES, RECEIVER, PAYEES_DEBITS, SAME_ACCOUNT, REVERSED, LEGS);
    }
}
