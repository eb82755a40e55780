package io.scrip.ledger;

import java.util.List;

/** Several legs in one command, all or nothing. */
final class MultiLegPages {
    private static final LedgerPage LEGS = LedgerPage.of("legs build on each other", """
            wallets A=100 B C
            do    | id    | by     | from | to | amount | outcome
            multi | chain | system |      |    |        | APPLIED events=3 amount=60
            leg   |       |        | A    | B  |     60 |
            leg   |       |        | B    | A  |     20 |
            leg   |       |        | A    | C  |     60 |
            multi | pay   | C      |      |    |        | APPLIED events=2
            leg   |       |        | C    | A  |     10 |
            leg   |       |        | C    | B  |     10 |
            multi | one   | C      |      |    |        | APPLIED events=1
            leg   |       |        | C    | A  |      1 |
            do       | wallet | posted | available | version
            balance  | A      |     11 |        11 | 6
            balance  | B      |     50 |        50 | 3
            balance  | C      |     39 |        39 | 4
            """);

    private static final LedgerPage EXCHANGE = LedgerPage.of("tokens are exchanged in one command", """
            wallets A=100 B
            do       | id   | by     | from | to | token | amount | outcome
            token    | act  |        |      |    | ACT   |        | APPLIED
            issue    | iss  |        |      | B  | ACT   |      7 | APPLIED
            multi    | swap | system |      |    |       |        | APPLIED events=2
            leg      |      |        | A    | B  | CRD   |     70 |
            leg      |      |        | B    | A  | ACT   |      7 |
            multi    | more | system |      |    |       |        | INSUFFICIENT_FUNDS needed=1 available=0 limit=0 events=1
            leg      |      |        | A    | B  | CRD   |     30 |
            leg      |      |        | B    | A  | ACT   |      1 |
            do       | wallet | token | posted
            balance  | A      | CRD   |     30
            balance  | A      | ACT   |      7
            balance  | B      | CRD   |     70
            balance  | B      | ACT   |      0
            """);

    private static final LedgerPage TAKEN_BACK = LedgerPage.of("a late leg that fails takes all of it back", """
            wallets A=100 B C
            do       | id   | by | from | to      | amount | outcome
            multi    | m    | A  |      |         |        | INSUFFICIENT_FUNDS needed=60 available=39 limit=0 events=1
            leg      |      |    | A    | A/stake |      1 |
            leg      |      |    | A    | B       |     60 |
            leg      |      |    | A    | C       |     60 |
            retry    | m    |    |      |         |        | replayed INSUFFICIENT_FUNDS
            do       | wallet  | posted | available | version | staked | opened
            balance  | A       |    100 |       100 | 1       | 0      | yes
            balance  | A/stake |      0 |         0 | 0       | 0      | no
            balance  | B       |      0 |         0 | 0       | 0      | yes
            do       | id   | by | from | to      | amount | outcome
            multi    | n    | A  |      |         |        | APPLIED events=3
            leg      |      |    | A    | A/stake |      1 |
            leg      |      |    | A    | B       |     60 |
            leg      |      |    | A    | C       |     39 |
            do       | wallet  | posted | version | staked
            balance  | A       |      0 | 4       | 1
            balance  | A/stake |      1 | 1       | 0
            """);

    private static final LedgerPage LIMITS = LedgerPage.of("one to sixteen legs, each a sound movement", """
            wallets A=100 B C
            do       | id     | by     | token | from       | to       | amount | times | before  | with | outcome
            token    | rep    |        | REP   |            |          |        |       |         | transferable no | APPLIED
            freeze   | ice    |        |       |            |          |        |       |         | wallet C | APPLIED
            multi    | m16    | A      |       |            |          |        |       |         |      | APPLIED events=16
            leg      |        |        |       | A          | B        |      1 | 16    |         |      |
            multi    | m17    | A      |       |            |          |        |       |         |      | MALFORMED
            leg      |        |        |       | A          | B        |      1 | 17    |         |      |
            multi    | m0     | A      |       |            |          |        |       |         |      | MALFORMED
            multi    | zero   | A      |       |            |          |        |       |         |      | AMOUNT_NOT_POSITIVE
            leg      |        |        |       | A          | B        |      1 |       |         |      |
            leg      |        |        |       | A          | B        |      0 |       |         |      |
            multi    | self   | A      |       |            |          |        |       |         |      | SAME_WALLET
            leg      |        |        |       | A          | A        |      1 |       |         |      |
            multi    | tok    | A      |       |            |          |        |       |         |      | UNKNOWN_TOKEN
            leg      |        |        | XYZ   | A          | B        |      1 |       |         |      |
            multi    | from   | A      |       |            |          |        |       |         |      | UNKNOWN_FROM
            leg      |        |        |       | nobody     | B        |      1 |       |         |      |
            multi    | to     | A      |       |            |          |        |       |         |      | UNKNOWN_TO
            leg      |        |        |       | A          | nobody   |      1 |       |         |      |
            multi    | fix    | A      |       |            |          |        |       |         |      | NOT_TRANSFERABLE
            leg      |        |        | REP   | A          | B        |      1 |       |         |      |
            multi    | code   | A      |       |            |          |        |       |         |      | UNKNOWN_ACCOUNT
            leg      |        |        |       | A/issuance | B        |      1 |       |         |      |
            multi    | cold   | A      |       |            |          |        |       |         |      | TO_FROZEN
            leg      |        |        |       | A          | C        |      1 |       |         |      |
            multi    | theft  | A      |       |            |          |        |       |         |      | NOT_AUTHORIZED
            leg      |        |        |       | A          | B        |      1 |       |         |      |
            leg      |        |        |       | B          | A        |      1 |       |         |      |
            multi    | oper   | operator |     |            |          |        |       |         |      | NOT_AUTHORIZED
            leg      |        |        |       | A          | B        |      1 |       |         |      |
            multi    | door   | A      |       |            |          |        |       |         |      | NOT_AUTHORIZED
            leg      |        |        |       | A          | B/stake  |      1 |       |         |      |
            multi    | late   | A      |       |            |          |        |       | now     |      | TOO_LATE
            leg      |        |        |       | A          | B        |      1 |       |         |      |
            multi    | timely | A      |       |            |          |        |       | now+1ns |      | APPLIED
            leg      |        |        |       | A          | B        |      1 |       |         |      |
            do       | id     | wallet | ceiling | by | from | to | amount | outcome
            bounds   | ceil   | B      | 20      |    |      |    |        | APPLIED
            multi    | over   |        |         | A  |      |    |        | CEILING_EXCEEDED needed=2 available=1 limit=20
            leg      |        |        |         |    | A    | B  |      2 |
            leg      |        |        |         |    | A    | B  |      2 |
            do       | wallet | posted
            balance  | A      |     83
            balance  | B      |     17
            """);

    private MultiLegPages() {}

    static List<LedgerPage> all() {
        return List.of(LEGS, EXCHANGE, TAKEN_BACK, LIMITS);
    }
}
