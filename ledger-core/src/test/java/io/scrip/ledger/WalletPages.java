package io.scrip.ledger;

import java.util.List;

/** Tokens, wallets, keys; freezing, unfreezing, closing. */
final class WalletPages {
    private static final LedgerPage TOKENS = LedgerPage.of("an operator registers a token once", """
            do    | id    | by       | token    | scale | transferable | outcome
            token | crd   |          | CRD      | 6     | yes          | APPLIED wallet=none events=1
            token | twice |          | CRD      | 2     | no           | TOKEN_EXISTS events=1
            token | rep   | system   | REP      | 18    | no           | APPLIED
            token | audit | auditor  | ACT      | 6     | yes          | NOT_AUTHORIZED
            token | long  |          | ABCDEFGH | 0     | yes          | APPLIED
            token | small |          | abc      | 0     | yes          | MALFORMED
            token | scale |          | USD      | 19    | yes          | MALFORMED
            token | usd   |          | USD      | 2     | yes          | APPLIED

            wallets A
            do    | id    | by       | token    | outcome
            token | byA   | A        | EUR      | NOT_AUTHORIZED
            retry | crd   |          |          | replayed APPLIED
            retry | twice |          |          | replayed TOKEN_EXISTS
            """);

    private static final LedgerPage MANY_TOKENS = LedgerPage.of("there are 256 tokens at most", """
            tokens 255
            do    | id   | by      | token | outcome
            token | last |         | LAST  | APPLIED
            token | more |         | MORE  | TOO_MANY_TOKENS needed=1 available=0 limit=256
            token | also | auditor | LAST  | TOKEN_EXISTS
            """);

    private static final LedgerPage WALLETS = LedgerPage.of("an owner has one wallet", """
            wallets A B
            do    | id    | by       | wallet | owner      | with | outcome
            open  | carol |          | C      | agent:c    |      | APPLIED wallet=C events=1
            open  | again |          | X      | agent:c    |      | OWNER_EXISTS wallet=C
            open  | byA   | A        | X      | agent:d    |      | NOT_AUTHORIZED wallet=none
            open  | audit | auditor  | X      | agent:d    |      | NOT_AUTHORIZED
            open  | cut   |          | X      | agent:d    | cut  | MALFORMED
            open  | sys   | system   | D      | agent:d    |      | APPLIED wallet=D
            retry | carol |          |        |            |      | replayed APPLIED
            retry | again |          |        |            |      | replayed OWNER_EXISTS

            do    | id    | by       | outcome
            key   | first | system   | APPLIED
            key   | other | operator | APPLIED
            key   | bad   | A        | NOT_AUTHORIZED
            key   | aud   | auditor  | NOT_AUTHORIZED
            """);

    private static final LedgerPage ISSUES = LedgerPage.of("value enters by an operator's issue", """
            wallets A B
            do    | id    | by       | to       | token | amount | outcome
            issue | first |          | A        |       |    100 | APPLIED amount=100 from.posted=-100 to.posted=100 events=1
            issue | zero  |          | A        |       |      0 | AMOUNT_NOT_POSITIVE
            issue | minus |          | A        |       |     -1 | AMOUNT_NOT_POSITIVE
            issue | token |          | A        | XYZ   |      1 | UNKNOWN_TOKEN
            issue | whom  |          | nobody   |       |      1 | UNKNOWN_TO
            issue | self  | A        | A        |       |      1 | NOT_AUTHORIZED
            issue | audit | auditor  | A        |       |      1 | NOT_AUTHORIZED
            issue | sys   | system   | platform |       |      7 | APPLIED from.posted=-107

            do      | wallet            | posted | available | floor
            balance | platform/issuance |   -107 |       max | none
            balance | platform          |      7 |         7 | 0
            balance | A                 |    100 |       100 | 0
            """);

    private static final LedgerPage FROZEN = LedgerPage.of("nothing enters or leaves a frozen wallet", """
            wallets A=100 B=100 C
            do       | id     | by       | wallet | token | from | to | amount | outcome
            token    | act    |          |        | ACT   |      |    |        | APPLIED
            freeze   | auth   | A        | B      |       |      |    |        | NOT_AUTHORIZED
            freeze   | audit  | auditor  | B      |       |      |    |        | NOT_AUTHORIZED
            freeze   | who    |          | nobody |       |      |    |        | UNKNOWN_WALLET
            freeze   | what   |          | A      | XYZ   |      |    |        | UNKNOWN_TOKEN
            freeze   | acct   |          | A/77   | CRD   |      |    |        | UNKNOWN_ACCOUNT
            freeze   | plat   |          | platform |     |      |    |        | NOT_AUTHORIZED
            freeze   | ice    |          | A      |       |      |    |        | APPLIED wallet=A events=1
            transfer | out    |          |        |       | A    | B  |      1 | FROM_FROZEN
            transfer | in     |          |        |       | B    | A  |      1 | TO_FROZEN
            issue    | issue  |          |        |       |      | A  |      1 | TO_FROZEN
            issue    | new    |          |        | ACT   |      | A  |      1 | TO_FROZEN

            do       | wallet | standing
            standing | A      | frozen
            standing | B      | open

            do       | id     | wallet   | token | from     | to       | amount | outcome
            freeze   | again  | A        |       |          |          |        | APPLIED
            bounds   | floor  | A        |       |          |          |        | APPLIED
            unfreeze | thaw   | A        |       |          |          |        | APPLIED
            transfer | out2   |          |       | A        | B        |      1 | APPLIED
            unfreeze | warm   | A        |       |          |          |        | APPLIED
            freeze   | one    | A        | CRD   |          |          |        | APPLIED
            transfer | out3   |          |       | A        | B        |      1 | FROM_FROZEN
            transfer | sub    |          |       | A        | A/escrow |      1 | FROM_FROZEN
            issue    | other  |          | ACT   |          | A        |      5 | APPLIED
            transfer | other2 |          | ACT   | A        | B        |      5 | APPLIED
            freeze   | both   | A        |       |          |          |        | APPLIED
            unfreeze | half   | A        |       |          |          |        | APPLIED
            transfer | out4   |          |       | A        | B        |      1 | FROM_FROZEN
            unfreeze | rest   | A        | CRD   |          |          |        | APPLIED
            transfer | out5   |          |       | A        | B        |      1 | APPLIED
            freeze   | vault  | C/stake  | CRD   |          |          |        | APPLIED
            issue    | toC    |          |       |          | C        |      9 | APPLIED
            transfer | stake  |          |       | C        | C/stake  |      1 | TO_FROZEN
            transfer | other3 |          |       | C        | C/escrow |      1 | APPLIED
            freeze   | all    | C        |       |          |          |        | APPLIED
            transfer | sub2   |          |       | C/escrow | C/300    |      1 | FROM_FROZEN

            do       | wallet | standing
            standing | A      | open
            standing | C      | frozen
            """);

    private static final LedgerPage CLOSED = LedgerPage.of("only what is empty is closed, and for ever", """
            wallets A=100 B=5 C D
            do       | id    | by | wallet   | token | from | to | amount | with        | outcome
            close    | full  |    | A        |       |      |    |        |             | NOT_EMPTY
            close    | full2 |    | A        | CRD   |      |    |        |             | NOT_EMPTY
            hold     | h     |    |          |       | A    | C  |     10 | timeout 1h  | APPLIED
            close    | in    |    | C        |       |      |    |        |             | NOT_EMPTY
            close    | in2   |    | C        | CRD   |      |    |        |             | NOT_EMPTY
            transfer | give  |    |          |       | A    | B  |     90 |             | APPLIED
            close    | out   |    | A        |       |      |    |        |             | NOT_EMPTY
            void     | v     | C  |          |       |      |    |        | hold h      | APPLIED
            close    | still |    | A        |       |      |    |        |             | NOT_EMPTY
            transfer | give2 |    |          |       | A    | B  |     10 |             | APPLIED
            close    | auth  | A  | A        |       |      |    |        |             | NOT_AUTHORIZED
            close    | done  |    | A        |       |      |    |        |             | APPLIED
            close    | twice |    | A        |       |      |    |        |             | CLOSED
            freeze   | late  |    | A        |       |      |    |        |             | CLOSED
            unfreeze | late2 |    | A        | CRD   |      |    |        |             | CLOSED
            bounds   | late3 |    | A        | CRD   |      |    |        |             | CLOSED
            bounds   | late4 |    | A/stake  | CRD   |      |    |        |             | CLOSED
            transfer | from  |    |          |       | A    | B  |      1 |             | FROM_CLOSED
            transfer | to    |    |          |       | B    | A  |      1 |             | TO_CLOSED
            issue    | to2   |    |          |       |      | A  |      1 |             | TO_CLOSED
            close    | acct  |    | C        | CRD   |      |    |        |             | APPLIED
            transfer | acct2 |    |          |       | B    | C  |      1 |             | TO_CLOSED
            close    | acct3 |    | C        | CRD   |      |    |        |             | CLOSED
            transfer | sub   | system |      |       | B    | C/escrow | 1 |            | APPLIED
            close    | sub2  |    | C        |       |      |    |        |             | NOT_EMPTY
            close    | never |    | D/stake  | CRD   |      |    |        |             | APPLIED
            close    | empty |    | D        |       |      |    |        |             | APPLIED

            do       | wallet  | standing
            standing | A       | closed
            standing | C       | open
            standing | D       | closed
            """);

    private WalletPages() {}

    static List<LedgerPage> all() {
        return List.of(TOKENS, MANY_TOKENS, WALLETS, ISSUES, FROZEN, CLOSED);
    }
}
