package io.scrip.ledger;

/** The ladders, see {@link OrderPages}, of what is done with holds and originals, and of ids. */
final class HoldOrderPages {
    private static final String PARTIES = """
            wallets A=9000 B C R V W Y Z S
            do       | id    | by     | kind        | min | revenue | wallet    | token | floor | ceiling | from | to        | amount | timeout | hold | outcome
            bounds   | ss    |        |             |     |         | S         |       | none  |         |      |           |        |         |      | APPLIED
            fee      | full  |        | TIP         | 5   | V       |           |       |       |         |      |           |        |         |      | APPLIED
            fee      | tight |        | CREDIT      | 5   | W       |           |       |       |         |      |           |        |         |      | APPLIED
            fee      | shut  |        | SERVICE     | 5   | Y       |           |       |       |         |      |           |        |         |      | APPLIED
            fee      | fine  |        | MARKETPLACE | 5   | R       |           |       |       |         |      |           |        |         |      | APPLIED
            hold     | over  |        | TIP         |     |         |           |       |       |         | A    | B         | 100    | 2h      |      | APPLIED
            hold     | ceil  |        | CREDIT      |     |         |           |       |       |         | A    | B         | 100    | 2h      |      | APPLIED
            hold     | clos  |        | SERVICE     |     |         |           |       |       |         | A    | B         | 100    | 2h      |      | APPLIED
            hold     | good  |        | MARKETPLACE |     |         |           |       |       |         | A    | B         | 100    | 2h      |      | APPLIED
            hold     | paid  |        | SERVICE     |     |         |           |       |       |         | A    | B         | 100    | 2h      |      | APPLIED
            hold     | gone  |        | SERVICE     |     |         |           |       |       |         | A    | B         | 100    | 1h      |      | APPLIED
            hold     | back  |        | SERVICE     |     |         |           |       |       |         | A    | B         | 100    | 2h      |      | APPLIED
            post     | used  | B      |             |     |         |           |       |       |         |      |           |        |         | paid | APPLIED
            void     | v     | B      |             |     |         |           |       |       |         |      |           |        |         | back | APPLIED
            advance 1h
            do       | id    | by     | wallet    | token | floor | ceiling | from      | to        | amount | outcome
            transfer | big   | system |           |       |       |         | S         | V/revenue | max-2  | APPLIED
            bounds   | vv    |        | V/revenue |       |       | 0       |           |           |        | APPLIED
            bounds   | ww    |        | W/revenue |       |       | 0       |           |           |        | APPLIED
            transfer | yy    |        |           |       |       |         | Y/revenue | Y         | 5      | APPLIED
            close    | y     |        | Y/revenue | CRD   |       |         |           |           |        | APPLIED
            """;

    static final LedgerPage POST = LedgerPage.of("the order of checks of a post", PARTIES + """
            do       | id        | by | wallet | hold | amount | with | beats                | outcome
            post     | used      | C  |        | paid | -1     | cut  | IDEMPOTENCY_CONFLICT | MALFORMED
            post     | used      | C  |        | paid | -1     |      |                      | IDEMPOTENCY_CONFLICT
            post     | p@now+62s | C  |        | paid | -1     |      | AMOUNT_NOT_POSITIVE  | ID_IN_FUTURE
            post     | p1        | C  |        | paid | -1     |      | UNKNOWN_HOLD         | AMOUNT_NOT_POSITIVE
            post     | p2        | C  |        | paid | 101    |      | EXCEEDS_HOLD         | UNKNOWN_HOLD
            post     | p3        | B  |        | paid | 101    |      | HOLD_POSTED          | EXCEEDS_HOLD
            post     | p4        | B  |        | paid | 100    |      |                      | HOLD_POSTED
            post     | p5        | B  |        | back | 100    |      |                      | HOLD_VOIDED
            freeze   | fa        |    | A      |      |        |      |                      | APPLIED
            freeze   | fb        |    | B      |      |        |      |                      | APPLIED
            post     | p6        | B  |        | gone | 100    |      | TO_CLOSED            | HOLD_EXPIRED
            post     | p7        | B  |        | clos | 1      |      | FROM_FROZEN          | TO_CLOSED
            post     | p8        | B  |        | over | 1      |      | TO_FROZEN            | FROM_FROZEN
            unfreeze | ua        |    | A      |      |        |      |                      | APPLIED
            post     | p9        | B  |        | over | 1      |      | OVERFLOW             | TO_FROZEN
            unfreeze | ub        |    | B      |      |        |      |                      | APPLIED
            post     | p10       | B  |        | over | 1      |      | CEILING_EXCEEDED     | OVERFLOW
            post     | p11       | B  |        | ceil | 1      |      | FEE_EXCEEDS_AMOUNT   | CEILING_EXCEEDED
            kill     | ka        |    | A      |      |        |      |                      | APPLIED
            post     | p12       | A  |        | good | 1      |      | KILLED               | FEE_EXCEEDS_AMOUNT
            post     | p13       | A  |        | good | 50     |      |                      | KILLED
            """);

    static final LedgerPage VOID = LedgerPage.of("the order of checks of a void", PARTIES + """
            do       | id        | by | wallet | hold | with | beats                | outcome
            void     | used      | C  |        | paid | cut  | IDEMPOTENCY_CONFLICT | MALFORMED
            void     | used      | C  |        | paid |      |                      | IDEMPOTENCY_CONFLICT
            void     | p@now+62s | C  |        | paid |      | UNKNOWN_HOLD         | ID_IN_FUTURE
            void     | p1        | C  |        | paid |      | HOLD_POSTED          | UNKNOWN_HOLD
            void     | p2        | A  |        | paid |      |                      | HOLD_POSTED
            void     | p3        | A  |        | back |      |                      | HOLD_VOIDED
            void     | p4        | A  |        | gone |      | NOT_AUTHORIZED       | HOLD_EXPIRED
            void     | p5        | A  |        | good |      |                      | NOT_AUTHORIZED
            """);

    static final LedgerPage EXTEND = LedgerPage.of("the order of checks of an extension", PARTIES + """
            do       | id        | by | wallet | hold | timeout | with | beats                | outcome
            extend   | used      | C  |        | paid | 0       | cut  | IDEMPOTENCY_CONFLICT | MALFORMED
            extend   | used      | C  |        | paid | 0       |      |                      | IDEMPOTENCY_CONFLICT
            extend   | p@now+62s | C  |        | paid | 0       |      | BAD_TIMEOUT          | ID_IN_FUTURE
            extend   | p1        | C  |        | paid | 0       |      | UNKNOWN_HOLD         | BAD_TIMEOUT
            extend   | p2        | C  |        | paid | 1s      |      | HOLD_POSTED          | UNKNOWN_HOLD
            extend   | p3        | B  |        | paid | 1s      |      |                      | HOLD_POSTED
            extend   | p4        | B  |        | back | 1s      |      |                      | HOLD_VOIDED
            freeze   | fa        |    | A      |      |         |      |                      | APPLIED
            freeze   | fb        |    | B      |      |         |      |                      | APPLIED
            extend   | p5        | B  |        | gone | 1s      |      | TO_CLOSED            | HOLD_EXPIRED
            extend   | p6        | B  |        | clos | 1s      |      | FROM_FROZEN          | TO_CLOSED
            extend   | p7        | B  |        | good | 1s      |      | TO_FROZEN            | FROM_FROZEN
            unfreeze | ua        |    | A      |      |         |      |                      | APPLIED
            extend   | p8        | B  |        | good | 1s      |      | NOT_AUTHORIZED       | TO_FROZEN
            unfreeze | ub        |    | B      |      |         |      |                      | APPLIED
            extend   | p9        | B  |        | good | 1s      |      |                      | NOT_AUTHORIZED
            """);

    static final LedgerPage REVERSE = LedgerPage.of("the order of checks of a reversal", """
            wallets A=100 B C D K L F G S X
            accounts D 1024
            do       | id        | by     | wallet | floor | ceiling | from | to | amount | of   | with | outcome
            bounds   | ss        |        | S      | none  |         |      |    |        |      |      | APPLIED
            transfer | used      |        |        |       |         | A    | B  | 60     |      |      | APPLIED
            transfer | big       |        |        |       |         | S    | X  | max-50 |      |      | APPLIED
            close    | kk        |        | K      |       |         |      |    |        |      |      | APPLIED
            close    | ll        |        | L      |       |         |      |    |        |      |      | APPLIED
            freeze   | ff        |        | F      |       |         |      |    |        |      |      | APPLIED
            freeze   | gg        |        | G      |       |         |      |    |        |      |      | APPLIED
            do       | id        | by | of   | from  | to     | token | amount | original_amount | with | beats                | outcome
            reverse  | used      | C  | used | noone | nobody | XYZ   | -1     | 60              | cut  | IDEMPOTENCY_CONFLICT | MALFORMED
            reverse  | used      | C  | used | noone | nobody | XYZ   | -1     | 60              |      |                      | IDEMPOTENCY_CONFLICT
            reverse  | r@now+62s | C  | used | noone | nobody | XYZ   | -1     | 60              |      | AMOUNT_NOT_POSITIVE  | ID_IN_FUTURE
            reverse  | r1        | C  | used | noone | nobody | XYZ   | -1     | 60              |      | UNKNOWN_TOKEN        | AMOUNT_NOT_POSITIVE
            reverse  | r2        | C  | used | noone | nobody | XYZ   | 61     | 60              |      | ORIGINAL_MISMATCH    | UNKNOWN_TOKEN
            reverse  | r3        | C  | used | D/9999 | K     |       | 61     | 0               |      | TOO_MANY_ACCOUNTS    | ORIGINAL_MISMATCH
            reverse  | r3b       | C  | used | D/9999 | K     |       | 61     | 60              |      | FROM_CLOSED          | TOO_MANY_ACCOUNTS
            reverse  | r4        | C  | used | L     | K      |       | 61     | 60              |      | TO_CLOSED            | FROM_CLOSED
            reverse  | r5        | C  | used | L     | F      |       | 61     | 60              |      | FROM_FROZEN          | TO_CLOSED
            reverse  | r6        | C  | used | G     | F      |       | 61     | 60              |      | TO_FROZEN            | FROM_FROZEN
            reverse  | r7        | C  | used | G     | B      |       | 61     | 60              |      | NOT_AUTHORIZED       | TO_FROZEN
            reverse  | r8        | C  | used | X     | B      |       | 99     | 60              |      | EXCEEDS_ORIGINAL     | NOT_AUTHORIZED
            reverse  | r9        | B  | used | X     | B      |       | 99     | 60              |      | OVERFLOW             | EXCEEDS_ORIGINAL
            reverse  | r10       | B  | used | X     | B      |       | 99     | 100             |      | INSUFFICIENT_FUNDS   | OVERFLOW
            do       | id        | by | wallet | ceiling | of | from | to | amount | original_amount | beats | outcome
            bounds   | aa        |    | A    | 40    |        |       |        |                 |      |                      | APPLIED
            reverse  | r11       | B  |      |       | used   | A     | B      | 99              | 100  | CEILING_EXCEEDED     | INSUFFICIENT_FUNDS
            bounds   | ac        |    | A    | 600   |        |       |        |                 |      |                      | APPLIED
            do       | id  | to | amount | times | category | till   | outcome
            issue    | lot | B  | 1      | 513   | PAID     | now+1h | APPLIED
            do       | id        | by | wallet | ceiling | of | from | to | amount | original_amount | beats | outcome
            reverse  | r11b      | B  |      |       | used   | A     | B      | 573             | 600  | TOO_MANY_LOTS        | CEILING_EXCEEDED
            kill     | kb        |    | B    |       |        |       |        |                 |      |                      | APPLIED
            bounds   | ad        |    | A    | none  |        |       |        |                 |      |                      | APPLIED
            reverse  | r11c      | B  |      |       | used   | A     | B      | 573             | 600  | KILLED               | TOO_MANY_LOTS
            reverse  | r13       | B  |      |       | used   | A     | B      | 1               | 100  |                      | KILLED
            """);

    static final LedgerPage IDS = LedgerPage.of("the order of checks of any id", """
            retention 1h 20 ids 10 at-once
            wallets A=1000 B
            do       | id        | from | to | amount | with | outcome
            transfer | p@now+30s | A    | B  | 1      |      | APPLIED
            do       | id        | from | to | amount | times |
            many     | n         | A    | B  | 1      | 20    |
            do       | id        | from | to | amount | with | beats                | outcome
            transfer | q@now     | A    | B  | 1      |      |                      | APPLIED
            do       | id        | from | to | amount | times |
            many     | m         | A    | B  | 1      | 8     |
            do       | id        | from | to | amount | with | beats                | outcome
            transfer | q@now     | A    | B  | 0      | cut  | IDEMPOTENCY_CONFLICT | MALFORMED
            transfer | q@now     | A    | B  | 0      |      | ID_TOO_OLD           | IDEMPOTENCY_CONFLICT
            transfer | s@now-1s  | A    | B  | 0      |      |                      | ID_TOO_OLD
            transfer | u@now+62s | A    | B  | 0      |      |                      | ID_IN_FUTURE
            """);

    static final LedgerPage BATCH = LedgerPage.of("the order of checks of a batch and its chains", """
            wallets A=10 B
            do         | id | by | from | to | amount | with | beats      | outcome
            batch      |    | A  |      |    |        | cut  | CHAIN_OPEN | MALFORMED
            & transfer | c1 | A  | A    | B  | 1      |      |            |
            & transfer | c2 | A  | A    | B  | 11     |      |            |
            batch      |    | A  |      |    |        |      |            |
            & transfer | c2 | A  | A    | B  | 11     |      | INSUFFICIENT_FUNDS | CHAIN_OPEN
            batch      |    | A  |      |    |        |      |            |
            - transfer | c3 | A  | A    | B  | 11     |      |            | INSUFFICIENT_FUNDS
            batch      |    | A  |      |    |        |      |            |
            & transfer | c4 | A  | A    | B  | 1      |      |            | LINKED_FAILED
            - transfer | c5 | A  | A    | B  | 11     |      |            | INSUFFICIENT_FUNDS
            """);

    private HoldOrderPages() {}
}
