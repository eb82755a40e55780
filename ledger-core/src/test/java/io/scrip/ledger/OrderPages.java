package io.scrip.ledger;

import java.util.List;
import java.util.Map;

/**
 * One ladder for each operation: the first row fails nearly everything, and each row below repairs what gave the row
 * above its answer. What a row {@code beats} fails too, as the next row shows, where it is the answer.
 */
final class OrderPages {
    static final String PARTIES = """
            wallets A=100 B K L F G N X C R V W S
            do       | id    | kind    | min | revenue | wallet    | token | floor | ceiling | from | to        | amount | transferable | outcome
            token    | rep   |         |     |         |           | REP   |       |         |      |           |        | no           | APPLIED
            bounds   | cc    |         |     |         | C         |       |       | 0       |      |           |        |              | APPLIED
            bounds   | ss    |         |     |         | S         |       | none  |         |      |           |        |              | APPLIED
            transfer | xx    |         |     |         |           |       |       |         | S    | X         | max-50 |              | APPLIED
            close    | k     |         |     |         | K         |       |       |         |      |           |        |              | APPLIED
            close    | l     |         |     |         | L         |       |       |         |      |           |        |              | APPLIED
            freeze   | f     |         |     |         | F         |       |       |         |      |           |        |              | APPLIED
            freeze   | g     |         |     |         | G         |       |       |         |      |           |        |              | APPLIED
            fee      | tip   | TIP     | 5   | V       |           |       |       |         |      |           |        |              | APPLIED
            fee      | serv  | SERVICE | 5   | R       |           |       |       |         |      |           |        |              | APPLIED
            bounds   | vv    |         |     |         | V/revenue |       |       | 0       |      |           |        |              | APPLIED
            transfer | used  |         |     |         |           |       |       |         | A    | B         | 1      |              | APPLIED
            """;

    /** A wallet that may open no further account. */
    static final String FULL = """
            wallets D
            accounts D 1024
            """;

    /** A wallet with more lots than can move at once, and a fee that is more than all of them. */
    private static final String LOTS = """
            wallets M
            do    | id   | to | amount | times | category | till   | kind   | min | revenue | outcome
            fee   | cred |    |        |       |          |        | CREDIT | 600 | R       | APPLIED
            issue | lot  | M  | 1      | 513   | PAID     | now+1h |        |     |         | APPLIED
            """;

    private static final LedgerPage TRANSFER =
            LedgerPage.of("the order of a transfer's checks", PARTIES + LOTS + FULL + """
            do       | id          | by | from   | to    | token | amount | timeout | kind    | before | with    | beats                | outcome
            transfer | used        |    | A      | A     |       | 0      |         |         |        | cut     | IDEMPOTENCY_CONFLICT | MALFORMED
            transfer | used        |    | A      | A     |       | 0      |         |         |        |         |                      | IDEMPOTENCY_CONFLICT
            transfer | t@now+62s   |    | A      | A     |       | 0      |         |         |        |         | AMOUNT_NOT_POSITIVE  | ID_IN_FUTURE
            transfer | t1          |    | A      | A     |       | 0      |         |         |        |         | SAME_WALLET          | AMOUNT_NOT_POSITIVE
            hold     | t2          |    | A      | A     |       | 1      | -1ns    |         |        |         | BAD_TIMEOUT          | SAME_WALLET
            hold     | t3          |    | A      | B     | XYZ   | 1      | -1ns    |         |        |         | UNKNOWN_TOKEN        | BAD_TIMEOUT
            transfer | t4          | A  | nobody | B     | XYZ   | 1      |         |         |        |         | UNKNOWN_FROM         | UNKNOWN_TOKEN
            transfer | t5          | A  | nobody | noone |       | 1      |         |         |        |         | UNKNOWN_TO           | UNKNOWN_FROM
            transfer | t6          |    | A      | noone | REP   | 1      |         |         |        |         | NOT_TRANSFERABLE     | UNKNOWN_TO
            transfer | t7          |    | A      | B/6   | REP   | 1      |         |         |        |         | UNKNOWN_ACCOUNT      | NOT_TRANSFERABLE
            transfer | t8          |    | K/6    | D/9999 |       | 1      |         |         |        |         | TOO_MANY_ACCOUNTS    | UNKNOWN_ACCOUNT
            transfer | t8b         |    | K      | D/9999 |      | 1      |         |         |        |         | FROM_CLOSED          | TOO_MANY_ACCOUNTS
            transfer | t9          |    | K      | L     |       | 1      |         |         |        |         | TO_CLOSED            | FROM_CLOSED
            transfer | t10         |    | F      | L     |       | 1      |         |         |        |         | FROM_FROZEN          | TO_CLOSED
            transfer | t11         |    | F      | G     |       | 1      |         |         |        |         | TO_FROZEN            | FROM_FROZEN
            transfer | t12         | B  | A      | G     |       | 1      |         |         |        |         | NOT_AUTHORIZED       | TO_FROZEN
            transfer | t13         | B  | A      | X     |       | 1      |         |         | now    |         | TOO_LATE             | NOT_AUTHORIZED
            transfer | t14         |    | N      | X     |       | 1      |         |         | now    | up to   | NOTHING_AVAILABLE    | TOO_LATE
            transfer | t15         |    | N      | X     |       | 1      |         |         |        | up to   |                      | NOTHING_AVAILABLE
            transfer | t16         |    | N      | X     |       | 51     |         |         |        |         | INSUFFICIENT_FUNDS   | OVERFLOW
            transfer | t17         |    | N      | C     |       | 51     |         |         |        |         | CEILING_EXCEEDED     | INSUFFICIENT_FUNDS
            transfer | t18         |    | M      | C     |       | 513    |         |         |        |         | TOO_MANY_LOTS        | CEILING_EXCEEDED
            transfer | t18b        |    | M      | B     |       | 513    |         | CREDIT  |        |         | FEE_EXCEEDS_AMOUNT   | TOO_MANY_LOTS
            do     | id  | wallet | payee | count | sum | call | day | month | outcome
            budget | ra1 | A      |       |       |     | 0    | 0   | 0     | APPLIED
            limit  | ra2 | A      |       | 0     | 0   |      |     |       | APPLIED
            allow  | ra3 | A      | N     |       |     |      |     |       | APPLIED
            kill   | ra4 | A      |       |       |     |      |     |       | APPLIED
            do       | id  | from | to | amount | kind    | wallet | count | sum | call | day | month | with                | beats                    | outcome
            transfer | t19 | A    | B  | 1      | SERVICE |        |       |     |      |     |       | if from version = 9 | KILLED                   | FEE_EXCEEDS_AMOUNT
            transfer | t20 | A    | B  | 1      |         |        |       |     |      |     |       | if from version = 9 | COUNTERPARTY_NOT_ALLOWED | KILLED
            revive   | rb1 |      |    |        |         | A      |       |     |      |     |       |                     |                          | APPLIED
            transfer | t21 | A    | B  | 1      |         |        |       |     |      |     |       | if from version = 9 | PER_CALL_EXCEEDED        | COUNTERPARTY_NOT_ALLOWED
            transfer | t22 | A    | N  | 1      |         |        |       |     |      |     |       | if from version = 9 | COUNT_LIMIT_EXCEEDED     | PER_CALL_EXCEEDED
            budget   | rb3 |      |    |        |         | A      |       |     |      | 0   | 0     |                     |                          | APPLIED
            transfer | t23 | A    | N  | 1      |         |        |       |     |      |     |       | if from version = 9 | SUM_LIMIT_EXCEEDED       | COUNT_LIMIT_EXCEEDED
            limit    | rb4 |      |    |        |         | A      | 9     | 0   |      |     |       |                     |                          | APPLIED
            transfer | t24 | A    | N  | 1      |         |        |       |     |      |     |       | if from version = 9 | DAY_BUDGET_EXCEEDED      | SUM_LIMIT_EXCEEDED
            limit    | rb5 |      |    |        |         | A      |       |     |      |     |       |                     |                          | APPLIED
            transfer | t25 | A    | N  | 1      |         |        |       |     |      |     |       | if from version = 9 | MONTH_BUDGET_EXCEEDED    | DAY_BUDGET_EXCEEDED
            budget   | rb6 |      |    |        |         | A      |       |     |      |     | 0     |                     |                          | APPLIED
            transfer | t26 | A    | N  | 1      |         |        |       |     |      |     |       | if from version = 9 | CONDITION_FAILED         | MONTH_BUDGET_EXCEEDED
            budget   | rb7 |      |    |        |         | A      |       |     |      |     |       |                     |                          | APPLIED
            transfer | t27 | A    | N  | 1      |         |        |       |     |      |     |       | if from version = 9 |                          | CONDITION_FAILED
            """);

    private static final LedgerPage MULTI =
            LedgerPage.of("the order of checks of each leg", PARTIES + LOTS + FULL + """
            do    | id        | by | from   | to    | token | amount | before | with | beats                | outcome
            multi | used      | A  |        |       |       |        |        | cut  | IDEMPOTENCY_CONFLICT | MALFORMED
            leg   |           |    | A      | A     |       | 0      |        |      |                      |
            multi | used      | A  |        |       |       |        |        |      |                      | IDEMPOTENCY_CONFLICT
            leg   |           |    | A      | A     |       | 0      |        |      |                      |
            multi | m@now+62s | A  |        |       |       |        |        |      | AMOUNT_NOT_POSITIVE  | ID_IN_FUTURE
            leg   |           |    | A      | A     |       | 0      |        |      |                      |
            multi | m1        | A  |        |       |       |        |        |      | SAME_WALLET          | AMOUNT_NOT_POSITIVE
            leg   |           |    | A      | A     | XYZ   | 0      |        |      |                      |
            multi | m2        | A  |        |       |       |        |        |      | UNKNOWN_TOKEN        | SAME_WALLET
            leg   |           |    | A      | A     | XYZ   | 1      |        |      |                      |
            multi | m3        | A  |        |       |       |        |        |      | UNKNOWN_FROM         | UNKNOWN_TOKEN
            leg   |           |    | nobody | noone | XYZ   | 1      |        |      |                      |
            multi | m4        | A  |        |       |       |        |        |      | UNKNOWN_TO           | UNKNOWN_FROM
            leg   |           |    | nobody | noone | REP   | 1      |        |      |                      |
            multi | m5        | A  |        |       |       |        |        |      | NOT_TRANSFERABLE     | UNKNOWN_TO
            leg   |           |    | A      | noone | REP   | 1      |        |      |                      |
            multi | m6        | A  |        |       |       |        |        |      | UNKNOWN_ACCOUNT      | NOT_TRANSFERABLE
            leg   |           |    | A      | B/6   | REP   | 1      |        |      |                      |
            multi | m7        | K  |        |       |       |        |        |      | TOO_MANY_ACCOUNTS    | UNKNOWN_ACCOUNT
            leg   |           |    | K/6    | D/9999 |      | 1      |        |      |                      |
            multi | m7b       | K  |        |       |       |        |        |      | FROM_CLOSED          | TOO_MANY_ACCOUNTS
            leg   |           |    | K      | D/9999 |      | 1      |        |      |                      |
            multi | m8        | K  |        |       |       |        |        |      | TO_CLOSED            | FROM_CLOSED
            leg   |           |    | K      | L     |       | 1      |        |      |                      |
            multi | m9        | F  |        |       |       |        |        |      | FROM_FROZEN          | TO_CLOSED
            leg   |           |    | F      | L     |       | 1      |        |      |                      |
            multi | m10       | F  |        |       |       |        |        |      | TO_FROZEN            | FROM_FROZEN
            leg   |           |    | F      | G     |       | 1      |        |      |                      |
            multi | m11       | B  |        |       |       |        |        |      | NOT_AUTHORIZED       | TO_FROZEN
            leg   |           |    | A      | G     |       | 1      |        |      |                      |
            multi | m12       | B  |        |       |       |        | now    |      | TOO_LATE             | NOT_AUTHORIZED
            leg   |           |    | N      | X     |       | 51     |        |      |                      |
            multi | m13       | N  |        |       |       |        | now    |      | OVERFLOW             | TOO_LATE
            leg   |           |    | N      | X     |       | 51     |        |      |                      |
            multi | m14       | N  |        |       |       |        |        |      | INSUFFICIENT_FUNDS   | OVERFLOW
            leg   |           |    | N      | X     |       | 51     |        |      |                      |
            multi | m15       | N  |        |       |       |        |        |      | CEILING_EXCEEDED     | INSUFFICIENT_FUNDS
            leg   |           |    | N      | C     |       | 51     |        |      |                      |
            do     | id  | wallet | payee | count | sum | call | day | month | outcome
            budget | ra1 | A      |       |       |     | 0    | 0   | 0     | APPLIED
            limit  | ra2 | A      |       | 0     | 0   |      |     |       | APPLIED
            allow  | ra3 | A      | N     |       |     |      |     |       | APPLIED
            kill   | ra4 | A      |       |       |     |      |     |       | APPLIED
            do     | id  | by | from | to | amount | wallet | count | sum | call | day | month | beats                    | outcome
            multi  | m16 | M  |      |    |        |        |       |     |      |     |       | TOO_MANY_LOTS            | CEILING_EXCEEDED
            leg    |     |    | M    | C  | 513    |        |       |     |      |     |       |                          |
            kill   | ra5 |    |      |    |        | M      |       |     |      |     |       |                          | APPLIED
            multi  | mm  | M  |      |    |        |        |       |     |      |     |       | KILLED                   | TOO_MANY_LOTS
            leg    |     |    | M    | B  | 513    |        |       |     |      |     |       |                          |
            multi  | m17 | A  |      |    |        |        |       |     |      |     |       | COUNTERPARTY_NOT_ALLOWED | KILLED
            leg    |     |    | A    | B  | 1      |        |       |     |      |     |       |                          |
            revive | rb1 |    |      |    |        | A      |       |     |      |     |       |                          | APPLIED
            multi  | m18 | A  |      |    |        |        |       |     |      |     |       | PER_CALL_EXCEEDED        | COUNTERPARTY_NOT_ALLOWED
            leg    |     |    | A    | B  | 1      |        |       |     |      |     |       |                          |
            multi  | m19 | A  |      |    |        |        |       |     |      |     |       | COUNT_LIMIT_EXCEEDED     | PER_CALL_EXCEEDED
            leg    |     |    | A    | N  | 1      |        |       |     |      |     |       |                          |
            budget | rb3 |    |      |    |        | A      |       |     |      | 0   | 0     |                          | APPLIED
            multi  | m20 | A  |      |    |        |        |       |     |      |     |       | SUM_LIMIT_EXCEEDED       | COUNT_LIMIT_EXCEEDED
            leg    |     |    | A    | N  | 1      |        |       |     |      |     |       |                          |
            limit  | rb4 |    |      |    |        | A      | 9     | 0   |      |     |       |                          | APPLIED
            multi  | m21 | A  |      |    |        |        |       |     |      |     |       | DAY_BUDGET_EXCEEDED      | SUM_LIMIT_EXCEEDED
            leg    |     |    | A    | N  | 1      |        |       |     |      |     |       |                          |
            limit  | rb5 |    |      |    |        | A      |       |     |      |     |       |                          | APPLIED
            multi  | m22 | A  |      |    |        |        |       |     |      |     |       | MONTH_BUDGET_EXCEEDED    | DAY_BUDGET_EXCEEDED
            leg    |     |    | A    | N  | 1      |        |       |     |      |     |       |                          |
            budget | rb6 |    |      |    |        | A      |       |     |      |     | 0     |                          | APPLIED
            multi  | m23 | A  |      |    |        |        |       |     |      |     |       |                          | MONTH_BUDGET_EXCEEDED
            leg    |     |    | A    | N  | 1      |        |       |     |      |     |       |                          |
            """);

    private static final LedgerPage ISSUE = LedgerPage.of("the order of an issue's checks", PARTIES + """
            do     | id        | by | wallet | to    | token | amount | with | beats                | outcome
            freeze | p         |    | N      |       |       |        |      |                      | APPLIED
            close  | q         |    | N      |       |       |        |      |                      | APPLIED
            issue  | used      | A  |        | noone | XYZ   | 0      | cut  | IDEMPOTENCY_CONFLICT | MALFORMED
            issue  | used      | A  |        | noone | XYZ   | 0      |      |                      | IDEMPOTENCY_CONFLICT
            issue  | i@now+62s | A  |        | noone | XYZ   | 0      |      | AMOUNT_NOT_POSITIVE  | ID_IN_FUTURE
            issue  | i1        | A  |        | noone | XYZ   | 0      | category PAID, till now | BAD_TERMS | AMOUNT_NOT_POSITIVE
            issue  | i1b       | A  |        | noone | XYZ   | 1      | category PAID, till now | UNKNOWN_TOKEN | BAD_TERMS
            issue  | i2        | A  |        | noone | XYZ   | 1      |      | UNKNOWN_TO           | UNKNOWN_TOKEN
            issue  | i3        | A  |        | noone |       | 1      |      |                      | UNKNOWN_TO
            issue  | i4        | A  |        | N     |       | 1      |      | TO_FROZEN            | TO_CLOSED
            issue  | i5        | A  |        | F     |       | 1      |      | NOT_AUTHORIZED       | TO_FROZEN
            issue  | i6        | A  |        | X     |       | 51     |      | OVERFLOW             | NOT_AUTHORIZED
            bounds | full      |    | X      |       |       |        | ceiling 0 |                 | APPLIED
            issue  | i7        |    |        | X     |       | 51     |      | CEILING_EXCEEDED     | OVERFLOW
            issue  | i8        |    |        | X     |       | 1      |      |                      | CEILING_EXCEEDED
            """);

    private static final LedgerPage OPEN = LedgerPage.of("the order of checks when a wallet is opened", PARTIES + """
            do   | id        | by | wallet | owner   | with | beats                | outcome
            open | used      | B  | Q      | agent:A | cut  | IDEMPOTENCY_CONFLICT | MALFORMED
            open | used      | B  | Q      | agent:A |      |                      | IDEMPOTENCY_CONFLICT
            open | o@now+62s | B  | Q      | agent:A |      | OWNER_EXISTS         | ID_IN_FUTURE
            open | o1        | B  | Q      | agent:A |      | NOT_AUTHORIZED       | OWNER_EXISTS
            open | o2        | B  | Q      | agent:z |      |                      | NOT_AUTHORIZED
            """);

    private static final LedgerPage TOKEN = LedgerPage.of("the order of checks when a token is registered", """
            wallets B
            tokens 255
            do    | id        | by | token | with | beats                | outcome
            key   | used      |    |       |      |                      | APPLIED
            token | used      | B  | T1    | cut  | IDEMPOTENCY_CONFLICT | MALFORMED
            token | used      | B  | T1    |      |                      | IDEMPOTENCY_CONFLICT
            token | t@now+62s | B  | T1    |      | TOKEN_EXISTS         | ID_IN_FUTURE
            token | t1        | B  | T1    |      | TOO_MANY_TOKENS      | TOKEN_EXISTS
            token | t2        | B  | NEW   |      | NOT_AUTHORIZED       | TOO_MANY_TOKENS
            """);

    private static final LedgerPage TOKEN_AUTHORITY =
            LedgerPage.of("a token that there is room for needs an operator", """
            wallets B
            do    | id        | by | token | with | beats                | outcome
            token | t3        | B  | NEW   |      |                      | NOT_AUTHORIZED
            """);

    private static final LedgerPage KEY = LedgerPage.of("the order of checks when a key is registered", PARTIES + """
            do  | id        | by | with | beats                | outcome
            key | used      | B  | cut  | IDEMPOTENCY_CONFLICT | MALFORMED
            key | used      | B  |      |                      | IDEMPOTENCY_CONFLICT
            key | k@now+62s | B  |      | NOT_AUTHORIZED       | ID_IN_FUTURE
            key | k1        | B  |      |                      | NOT_AUTHORIZED
            """);

    private static final LedgerPage STATUS =
            LedgerPage.of("the order of checks of freeze, unfreeze and close", PARTIES + """
            do       | id        | by | wallet   | token | with | beats                | outcome
            close    | used      | B  | nobody/6 | XYZ   | cut  | IDEMPOTENCY_CONFLICT | MALFORMED
            close    | used      | B  | nobody/6 | XYZ   |      |                      | IDEMPOTENCY_CONFLICT
            close    | s@now+62s | B  | nobody/6 | XYZ   |      | UNKNOWN_TOKEN        | ID_IN_FUTURE
            close    | s1        | B  | nobody/6 | XYZ   |      | UNKNOWN_WALLET       | UNKNOWN_TOKEN
            close    | s2        | B  | nobody/6 | CRD   |      | UNKNOWN_ACCOUNT      | UNKNOWN_WALLET
            close    | s3        | B  | K/6      | CRD   |      | CLOSED               | UNKNOWN_ACCOUNT
            close    | s4        | B  | K        | CRD   |      | NOT_AUTHORIZED       | CLOSED
            close    | s5        | B  | A        | CRD   |      | NOT_EMPTY            | NOT_AUTHORIZED
            close    | s6        |    | A        | CRD   |      |                      | NOT_EMPTY
            """);

    private static final LedgerPage BOUNDS = LedgerPage.of("the order of checks of bounds", PARTIES + FULL + """
            do     | id | wallet | outcome
            close  | dd | D      | APPLIED
            do     | id        | by | wallet   | token | floor | ceiling | with | beats                | outcome
            bounds | used      | B  | nobody/6 | XYZ   | 2     | 1       | cut  | IDEMPOTENCY_CONFLICT | MALFORMED
            bounds | used      | B  | nobody/6 | XYZ   | 2     | 1       |      |                      | IDEMPOTENCY_CONFLICT
            bounds | b@now+62s | B  | nobody/6 | XYZ   | 2     | 1       |      | BAD_BOUNDS           | ID_IN_FUTURE
            bounds | b1        | B  | nobody/6 | XYZ   | 2     | 1       |      | UNKNOWN_TOKEN        | BAD_BOUNDS
            bounds | b2        | B  | nobody/6 | XYZ   | 1     | 1       |      | UNKNOWN_WALLET       | UNKNOWN_TOKEN
            bounds | b3        | B  | nobody/6 | CRD   | 1     | 1       |      | UNKNOWN_ACCOUNT      | UNKNOWN_WALLET
            bounds | b4        | B  | K/6      | CRD   | 1     | 1       |      |                      | UNKNOWN_ACCOUNT
            bounds | b4b       | B  | D/9999   | CRD   | 1     | 1       |      | CLOSED               | TOO_MANY_ACCOUNTS
            bounds | b5        | B  | K        | CRD   | 1     | 1       |      | NOT_AUTHORIZED       | CLOSED
            bounds | b6        | B  | A        | CRD   | 1     | 1       |      |                      | NOT_AUTHORIZED
            """);

    private static final LedgerPage FEE = LedgerPage.of("the order of checks of a fee schedule", PARTIES + """
            do  | id        | by | kind   | bps   | revenue | with | beats                | outcome
            fee | used      | B  | CREDIT | 10001 | nobody  | cut  | IDEMPOTENCY_CONFLICT | MALFORMED
            fee | used      | B  | CREDIT | 10001 | nobody  |      |                      | IDEMPOTENCY_CONFLICT
            fee | f@now+62s | B  | CREDIT | 10001 | nobody  |      | BAD_FEE              | ID_IN_FUTURE
            fee | f1        | B  | CREDIT | 10001 | nobody  |      | UNKNOWN_WALLET       | BAD_FEE
            fee | f2        | B  | CREDIT | 10000 | nobody  |      |                      | UNKNOWN_WALLET
            fee | f3        | B  | CREDIT | 10000 | K       |      | NOT_AUTHORIZED       | CLOSED
            fee | f4        | B  | CREDIT | 10000 | A       |      |                      | NOT_AUTHORIZED
            """);

    private OrderPages() {}

    static List<LedgerPage> all() {
        return List.copyOf(ladders().values().stream().flatMap(List::stream).toList());
    }

    /** The ladders of each operation, under the title it has in docs/order-of-checks.md. */
    static Map<String, List<LedgerPage>> ladders() {
        return Map.ofEntries(
                Map.entry("transfer, hold", List.of(TRANSFER)),
                Map.entry("multi-leg transfer", List.of(MULTI)),
                Map.entry("post", List.of(HoldOrderPages.POST)),
                Map.entry("void", List.of(HoldOrderPages.VOID)),
                Map.entry("extend", List.of(HoldOrderPages.EXTEND)),
                Map.entry("reverse", List.of(HoldOrderPages.REVERSE)),
                Map.entry("any command", List.of(HoldOrderPages.IDS)),
                Map.entry("batch", List.of(HoldOrderPages.BATCH)),
                Map.entry("issue", List.of(ISSUE)),
                Map.entry("open wallet", List.of(OPEN)),
                Map.entry("register token", List.of(TOKEN, TOKEN_AUTHORITY)),
                Map.entry("register operator key", List.of(KEY)),
                Map.entry("freeze, unfreeze, close", List.of(STATUS)),
                Map.entry("set bounds", List.of(BOUNDS)),
                Map.entry("set fee", List.of(FEE)),
                Map.entry("set parent", List.of(RuleOrderPages.PARENT)),
                Map.entry("set limit", List.of(RuleOrderPages.LIMIT)),
                Map.entry("set budget", List.of(RuleOrderPages.BUDGET)),
                Map.entry("allow counterparty", List.of(RuleOrderPages.ALLOW)),
                Map.entry("remove counterparty", List.of(RuleOrderPages.REMOVE)),
                Map.entry("kill switch", List.of(RuleOrderPages.KILL)));
    }
}
