package io.scrip.ledger;

/** The ladders, see {@link OrderPages}, of what bounds spending. */
final class RuleOrderPages {
    private static final String PARTIES = OrderPages.PARTIES;

    /** Eight wallets one below the other, which is as deep as it goes. */
    private static final String BRANCH = PARTIES + """
            wallets A1 A2 A3 A4 A5 A6 A7 A8
            do     | id | wallet | parent | outcome
            parent | b2 | A2     | A1     | APPLIED
            parent | b3 | A3     | A2     | APPLIED
            parent | b4 | A4     | A3     | APPLIED
            parent | b5 | A5     | A4     | APPLIED
            parent | b6 | A6     | A5     | APPLIED
            parent | b7 | A7     | A6     | APPLIED
            parent | b8 | A8     | A7     | APPLIED
            """;

    static final LedgerPage PARENT = LedgerPage.of("the order of checks of a parent", BRANCH + """
            do     | id        | by | wallet | parent | with | beats                | outcome
            parent | used      | B  | nobody | nobody | cut  | IDEMPOTENCY_CONFLICT | MALFORMED
            parent | used      | B  | nobody | nobody |      |                      | IDEMPOTENCY_CONFLICT
            parent | x@now+62s | B  | nobody | nobody |      | SAME_WALLET          | ID_IN_FUTURE
            parent | x1        | B  | nobody | nobody |      | UNKNOWN_WALLET       | SAME_WALLET
            parent | x2        | B  | nobody | noone  |      | UNKNOWN_PARENT       | UNKNOWN_WALLET
            parent | x3        | B  | K      | noone  |      | CLOSED               | UNKNOWN_PARENT
            parent | x4        | B  | K      | A      |      | NOT_AUTHORIZED       | CLOSED
            parent | x5        | B  | A1     | A8     |      | PARENT_CYCLE         | NOT_AUTHORIZED
            parent | x6        |    | A1     | A8     |      | HIERARCHY_TOO_DEEP   | PARENT_CYCLE
            parent | x7        |    | A      | A8     |      |                      | HIERARCHY_TOO_DEEP
            """);

    static final LedgerPage LIMIT =
            LedgerPage.of("the order of checks of a velocity limit", PARTIES + OrderPages.FULL + """
            do    | id | wallet | outcome
            close | dd | D      | APPLIED
            do    | id        | by | wallet   | token | window | count | sum | with | beats                | outcome
            limit | used      | B  | nobody/6 | XYZ   | DAY    | -1    | 1   | cut  | IDEMPOTENCY_CONFLICT | MALFORMED
            limit | used      | B  | nobody/6 | XYZ   | DAY    | -1    | 1   |      |                      | IDEMPOTENCY_CONFLICT
            limit | x@now+62s | B  | nobody/6 | XYZ   | DAY    | -1    | 1   |      | BAD_LIMIT            | ID_IN_FUTURE
            limit | x1        | B  | nobody/6 | XYZ   | DAY    | -1    | 1   |      | UNKNOWN_TOKEN        | BAD_LIMIT
            limit | x2        | B  | nobody/6 | XYZ   | DAY    | 1     | 1   |      | UNKNOWN_WALLET       | UNKNOWN_TOKEN
            limit | x3        | B  | nobody/6 | CRD   | DAY    | 1     | 1   |      | UNKNOWN_ACCOUNT      | UNKNOWN_WALLET
            limit | x4        | B  | K/6      | CRD   | DAY    | 1     | 1   |      |                      | UNKNOWN_ACCOUNT
            limit | x4b       | B  | D/9999   | CRD   | DAY    | 1     | 1   |      | CLOSED               | TOO_MANY_ACCOUNTS
            limit | x5        | B  | K        | CRD   | DAY    | 1     | 1   |      | NOT_AUTHORIZED       | CLOSED
            limit | x6        | B  | A        | CRD   | DAY    | 1     | 1   |      |                      | NOT_AUTHORIZED
            """);

    static final LedgerPage BUDGET = LedgerPage.of("the order of checks of a budget", PARTIES + """
            do     | id        | by | wallet | token | scope | call | day | month | with | beats                | outcome
            budget | used      | B  | nobody | XYZ   | BELOW | 1    | 1   | -1    | cut  | IDEMPOTENCY_CONFLICT | MALFORMED
            budget | used      | B  | nobody | XYZ   | BELOW | 1    | 1   | -1    |      |                      | IDEMPOTENCY_CONFLICT
            budget | x@now+62s | B  | nobody | XYZ   | BELOW | 1    | 1   | -1    |      | BAD_LIMIT            | ID_IN_FUTURE
            budget | x1        | B  | nobody | XYZ   | BELOW | 1    | 1   | -1    |      | UNKNOWN_TOKEN        | BAD_LIMIT
            budget | x2        | B  | nobody | XYZ   | BELOW | 1    | 1   | 1     |      | UNKNOWN_WALLET       | UNKNOWN_TOKEN
            budget | x3        | B  | nobody | CRD   | BELOW | 1    | 1   | 1     |      |                      | UNKNOWN_WALLET
            budget | x4        | B  | K      | CRD   | BELOW | 1    | 1   | 1     |      | NOT_AUTHORIZED       | CLOSED
            budget | x5        | B  | A      | CRD   | BELOW | 1    | 1   | 1     |      |                      | NOT_AUTHORIZED
            """);

    static final LedgerPage ALLOW = LedgerPage.of(
            "the order of checks of an allowed counterparty",
            PARTIES + RulePages.allowed("A", Counterparties.MAX_OF_WALLET) + """
            do    | id        | by | wallet | payee  | with | beats                   | outcome
            allow | used      | B  | nobody | nobody | cut  | IDEMPOTENCY_CONFLICT    | MALFORMED
            allow | used      | B  | nobody | nobody |      |                         | IDEMPOTENCY_CONFLICT
            allow | x@now+62s | B  | nobody | nobody |      | SAME_WALLET             | ID_IN_FUTURE
            allow | x1        | B  | nobody | nobody |      | UNKNOWN_WALLET          | SAME_WALLET
            allow | x2        | B  | nobody | noone  |      | UNKNOWN_COUNTERPARTY    | UNKNOWN_WALLET
            allow | x3        | B  | K      | noone  |      | CLOSED                  | UNKNOWN_COUNTERPARTY
            allow | x4        | B  | K      | B      |      | NOT_AUTHORIZED          | CLOSED
            allow | x5        | B  | A      | B      |      | TOO_MANY_COUNTERPARTIES | NOT_AUTHORIZED
            allow | x6        |    | A      | B      |      |                         | TOO_MANY_COUNTERPARTIES
            """);

    static final LedgerPage REMOVE =
            LedgerPage.of("the order of checks of a counterparty no more allowed", PARTIES + """
            do       | id        | by | wallet | payee  | with | beats                | outcome
            disallow | used      | B  | nobody | nobody | cut  | IDEMPOTENCY_CONFLICT | MALFORMED
            disallow | used      | B  | nobody | nobody |      |                      | IDEMPOTENCY_CONFLICT
            disallow | x@now+62s | B  | nobody | nobody |      | SAME_WALLET          | ID_IN_FUTURE
            disallow | x1        | B  | nobody | nobody |      | UNKNOWN_WALLET       | SAME_WALLET
            disallow | x2        | B  | nobody | noone  |      | UNKNOWN_COUNTERPARTY | UNKNOWN_WALLET
            disallow | x3        | B  | K      | noone  |      | CLOSED               | UNKNOWN_COUNTERPARTY
            disallow | x4        | B  | K      | B      |      | NOT_AUTHORIZED       | CLOSED
            disallow | x5        | B  | A      | B      |      |                      | NOT_AUTHORIZED
            """);

    static final LedgerPage KILL = LedgerPage.of("the order of checks of a kill switch", PARTIES + """
            do   | id        | by | wallet | with | beats                | outcome
            kill | used      | B  | nobody | cut  | IDEMPOTENCY_CONFLICT | MALFORMED
            kill | used      | B  | nobody |      |                      | IDEMPOTENCY_CONFLICT
            kill | x@now+62s | B  | nobody |      | UNKNOWN_WALLET       | ID_IN_FUTURE
            kill | x1        | B  | nobody |      |                      | UNKNOWN_WALLET
            kill | x2        | B  | K      |      | NOT_AUTHORIZED       | CLOSED
            kill | x3        | B  | A      |      |                      | NOT_AUTHORIZED
            """);

    private RuleOrderPages() {}
}
