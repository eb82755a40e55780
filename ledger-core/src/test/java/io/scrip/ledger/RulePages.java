package io.scrip.ledger;

import java.util.List;

/** What bounds spending: hierarchies and budgets, velocity limits, allow-lists, the kill switch. */
final class RulePages {
    private static final LedgerPage FAMILY = LedgerPage.of("budgets of a family", """
            wallets H=1000 G=1000 A=1000 B=1000 X
            do     | id | by | wallet | parent | outcome
            parent | p1 |    | G      | H      | APPLIED
            parent | p2 |    | A      | G      | APPLIED
            parent | p3 |    | B      | G      | APPLIED
            do     | id | by | wallet | scope | month | outcome
            budget | b1 | H  | H      | BELOW | 100   | APPLIED
            budget | b2 | G  | G      | BELOW | 60    | APPLIED
            budget | b3 | G  | A      | OWN   | 50    | APPLIED
            budget | b4 | A  | A      | OWN   | 90    | NOT_AUTHORIZED
            do       | id  | from | to      | amount | with    | outcome
            transfer | t1  | A    | X       | 51     |         | MONTH_BUDGET_EXCEEDED needed=51 available=50 limit=50 window=CALENDAR_MONTH wallet=A
            transfer | t2  | A    | X       | 50     | dry run | APPLIED
            transfer | t3  | A    | X       | 50     |         | APPLIED
            transfer | t4  | A    | X       | 1      | dry run | MONTH_BUDGET_EXCEEDED needed=1 available=0 limit=50 window=CALENDAR_MONTH wallet=A
            transfer | t5  | B    | X       | 11     |         | MONTH_BUDGET_EXCEEDED needed=11 available=10 limit=60 window=CALENDAR_MONTH wallet=G
            transfer | t6  | G    | X       | 45     |         | APPLIED
            transfer | t7  | B    | X       | 10     |         | MONTH_BUDGET_EXCEEDED needed=10 available=5 limit=100 window=CALENDAR_MONTH wallet=H
            transfer | t8  | B    | X       | 5      |         | APPLIED
            transfer | t9  | H    | X       | 500    |         | APPLIED
            transfer | t10 | B    | B/stake | 500    |         | APPLIED
            """);

    private static final LedgerPage LIMITS = LedgerPage.of("velocity limits", """
            wallets A=1000 B=1000
            do    | id | wallet | window | count | sum | outcome
            limit | l0 | A      | HOUR   | -1    | 1   | BAD_LIMIT needed=-1 limit=max
            limit | l1 | A      | HOUR   | 3     | 100 | APPLIED
            limit | l2 | A      | DAY    |       | 150 | APPLIED
            do       | id | from | to | amount | with                | outcome
            transfer | t1 | A    | B  | 100    | dry run             | APPLIED
            transfer | t2 | A    | B  | 60     |                     | APPLIED
            transfer | t3 | A    | B  | 41     |                     | SUM_LIMIT_EXCEEDED needed=41 available=40 limit=100 window=HOUR wallet=A
            hold     | t4 | A    | B  | 20     | timeout 5s          | APPLIED
            hold     | t5 | A    | B  | 20     | timeout 5s, dry run | APPLIED
            transfer | t6 | A    | B  | 20     |                     | APPLIED
            transfer | t7 | A    | B  | 1      |                     | COUNT_LIMIT_EXCEEDED needed=1 available=0 limit=3 window=HOUR wallet=A
            advance 2h
            do       | id  | from | to | amount | with    | outcome
            transfer | t8  | A    | B  | 51     | dry run | SUM_LIMIT_EXCEEDED needed=51 available=50 limit=150 window=DAY wallet=A
            transfer | t9  | A    | B  | 50     | dry run | APPLIED
            transfer | t10 | A    | B  | 50     |         | APPLIED
            transfer | t11 | A    | B  | 1      |         | SUM_LIMIT_EXCEEDED needed=1 available=0 limit=150 window=DAY wallet=A
            """);

    private static final LedgerPage BUDGETS = LedgerPage.of("budgets of a wallet", """
            wallets A=1000 B=1000 C
            do     | id | wallet | call | day | month | outcome
            budget | b0 | A      |      | -5  |       | BAD_LIMIT needed=-5 limit=max
            budget | b1 | A      | 40   | 60  | 80    | APPLIED
            do       | id | from | to | amount | with    | outcome
            transfer | t1 | A    | B  | 41     |         | PER_CALL_EXCEEDED needed=41 available=40 limit=40 window=CALL wallet=A
            transfer | t2 | A    | B  | 40     |         | APPLIED
            transfer | t3 | A    | B  | 21     |         | DAY_BUDGET_EXCEEDED needed=21 available=20 limit=60 window=CALENDAR_DAY wallet=A
            transfer | t4 | A    | B  | 20     | dry run | APPLIED
            do         | id | by | from | to | amount | outcome
            multi      | m1 | A  |      |    |        | DAY_BUDGET_EXCEEDED needed=11 available=10 limit=60 window=CALENDAR_DAY wallet=A
            leg        |    |    | A    | B  | 10     |
            leg        |    |    | A    | C  | 11     |
            batch      |    | A  |      |    |        |
            & transfer | c1 |    | A    | B  | 20     | LINKED_FAILED
            - transfer | c2 |    | A    | B  | 1      | DAY_BUDGET_EXCEEDED needed=1 limit=60 window=CALENDAR_DAY wallet=A
            multi      | m2 | A  |      |    |        | APPLIED
            leg        |    |    | A    | B  | 10     |
            leg        |    |    | A    | C  | 10     |
            advance 1d
            do       | id | from | to | amount | with | outcome
            transfer | t5 | A    | B  | 21     |      | MONTH_BUDGET_EXCEEDED needed=21 available=20 limit=80 window=CALENDAR_MONTH wallet=A
            transfer | t6 | A    | B  | 20     |      | APPLIED
            """);

    private static final LedgerPage SWITCH = LedgerPage.of("allow-list and kill switch", """
            wallets H A=1000 B=1000 C
            do     | id | by | wallet | parent | payee  | outcome
            parent | p1 |    | A      | H      |        | APPLIED
            parent | p2 |    | H      | A      |        | PARENT_CYCLE
            parent | p3 |    | B      | nobody |        | UNKNOWN_PARENT
            allow  | a1 | H  | A      |        | B      | APPLIED
            allow  | a2 | H  | A      |        | nobody | UNKNOWN_COUNTERPARTY
            allow  | a3 | A  | A      |        | C      | NOT_AUTHORIZED
            do       | id | from | to | amount | with       | outcome
            transfer | t1 | A    | C  | 5      |            | COUNTERPARTY_NOT_ALLOWED needed=5 available=0 limit=0 wallet=A
            transfer | t2 | A    | B  | 5      |            | APPLIED
            hold     | h1 | A    | B  | 7      | timeout 1h | APPLIED
            do       | id | by | wallet | payee | outcome
            disallow | d1 | H  | A      | B     | APPLIED
            kill     | k1 | H  | H      |       | APPLIED
            do       | id | from | to      | amount | with    | outcome
            transfer | t3 | A    | C       | 5      | dry run | KILLED needed=5 available=0 limit=0 wallet=H
            transfer | t4 | A    | C       | 5      |         | KILLED needed=5 wallet=H
            transfer | t5 | A    | A/stake | 5      |         | KILLED needed=5 wallet=H
            do     | id | by | wallet | hold | outcome
            post   | q1 | A  |        | h1   | KILLED needed=7 wallet=H
            post   | q2 | B  |        | h1   | APPLIED amount=7
            revive | k2 | H  | H      |      | NOT_AUTHORIZED
            revive | k3 |    | H      |      | APPLIED
            do       | id | from | to | amount | with | outcome
            transfer | t6 | A    | C  | 5      |      | APPLIED
            do      | wallet | posted | available
            balance | A      | 983    | 983
            """);

    private RulePages() {}

    static List<LedgerPage> all() {
        return List.of(FAMILY, LIMITS, BUDGETS, SWITCH);
    }

    /** Rows that open so many wallets and allow them all. */
    static String allowed(String wallet, int count) {
        StringBuilder rows = new StringBuilder("do | id | wallet | payee | outcome\n");
        StringBuilder names = new StringBuilder("wallets");
        for (int i = 1; i <= count; i++) {
            names.append(" P").append(i);
            rows.append("allow | allowed").append(i).append(" | ").append(wallet);
            rows.append(" | P").append(i).append(" | APPLIED\n");
        }
        return names.append('\n').append(rows).toString();
    }
}
