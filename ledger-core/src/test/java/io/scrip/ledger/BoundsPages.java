package io.scrip.ledger;

import java.util.List;

/** Floors and ceilings, which count holds; sub-accounts. */
final class BoundsPages {
    private static final LedgerPage FLOOR = LedgerPage.of("a floor is never crossed, holds counted", """
            wallets A=100 B
            do       | id    | wallet | floor | from | to | amount | with       | outcome
            bounds   | f40   | A      | 40    |      |    |        |            | APPLIED wallet=A events=1
            transfer | t61   |        |       | A    | B  |     61 |            | INSUFFICIENT_FUNDS needed=61 available=60 limit=40
            hold     | h50   |        |       | A    | B  |     50 | timeout 1h | APPLIED from.out=50 to.in=50 from.available=10
            transfer | t11   |        |       | A    | B  |     11 |            | INSUFFICIENT_FUNDS needed=11 available=10 limit=40
            hold     | h11   |        |       | A    | B  |     11 | timeout 1h | INSUFFICIENT_FUNDS needed=11 available=10 limit=40
            transfer | t10   |        |       | A    | B  |     10 |            | APPLIED from.available=0
            bounds   | f91   | A      | 91    |      |    |        |            | APPLIED
            transfer | t1    |        |       | A    | B  |      1 |            | INSUFFICIENT_FUNDS needed=1 available=-51 limit=91
            transfer | back  |        |       | B    | A  |      3 |            | APPLIED
            do       | id    | by     | hold  | amount | outcome
            post     | p     | B      | h50   |     50 | APPLIED
            do       | wallet | posted | out | available | floor
            balance  | A      |     43 |   0 |       -48 | 91
            balance  | B      |     57 |   0 |        57 | 0
            """);

    private static final LedgerPage CREDIT_LINE =
            LedgerPage.of("a floor below zero is a credit line, and none is no end", """
            wallets A=100 B C
            do       | id    | wallet | floor | from | to | amount | outcome
            bounds   | line  | A      | -50   |      |    |        | APPLIED
            transfer | t151  |        |       | A    | B  |    151 | INSUFFICIENT_FUNDS needed=151 available=150 limit=-50
            transfer | t150  |        |       | A    | B  |    150 | APPLIED from.posted=-50 from.available=0
            transfer | t1    |        |       | A    | B  |      1 | INSUFFICIENT_FUNDS needed=1 available=0 limit=-50
            bounds   | none  | C      | none  |      |    |        | APPLIED
            transfer | big   |        |       | C    | B  |   2^62 | APPLIED from.available=max
            bounds   | deep  | A      | min+1 |      |    |        | APPLIED
            transfer | deep2 |        |       | A    | B  |   1000 | APPLIED from.posted=-1050
            do       | wallet | posted  | floor
            balance  | A      |   -1050 | min+1
            balance  | C      |   -2^62 | none
            """);

    private static final LedgerPage CEILING = LedgerPage.of("a ceiling is never crossed, incoming holds counted", """
            wallets A=1000 B
            do       | id    | by | wallet | ceiling | from | to | amount | with             | outcome
            bounds   | c100  |    | B      | 100     |      |    |        |                  | APPLIED
            transfer | t101  |    |        |         | A    | B  |    101 |                  | CEILING_EXCEEDED needed=101 available=100 limit=100
            hold     | h101  |    |        |         | A    | B  |    101 | timeout 1h       | CEILING_EXCEEDED needed=101 available=100 limit=100
            issue    | i101  |    |        |         |      | B  |    101 |                  | CEILING_EXCEEDED needed=101 available=100 limit=100
            hold     | h60   |    |        |         | A    | B  |     60 | timeout 1h       | APPLIED
            transfer | t41   |    |        |         | A    | B  |     41 |                  | CEILING_EXCEEDED needed=41 available=40 limit=100
            transfer | t40   |    |        |         | A    | B  |     40 |                  | APPLIED
            hold     | away  |    |        |         | B    | A  |     30 | timeout 1h       | APPLIED
            transfer | t1    |    |        |         | A    | B  |      1 |                  | CEILING_EXCEEDED needed=1 available=0 limit=100
            post     | p     | B  |        |         |      |    |     25 | hold h60, final  | APPLIED events=2
            transfer | t36   |    |        |         | A    | B  |     36 |                  | CEILING_EXCEEDED needed=36 available=35 limit=100
            transfer | t35   |    |        |         | A    | B  |     35 |                  | APPLIED
            bounds   | c50   |    | B      | 50      |      |    |        |                  | APPLIED
            transfer | t2    |    |        |         | A    | B  |      1 |                  | CEILING_EXCEEDED needed=1 available=-50 limit=50
            transfer | out   |    |        |         | B    | A  |     60 |                  | APPLIED
            transfer | t11   |    |        |         | A    | B  |     11 |                  | CEILING_EXCEEDED needed=11 available=10 limit=50
            transfer | t10   |    |        |         | A    | B  |     10 |                  | APPLIED
            do       | wallet | posted | out | in | available | ceiling
            balance  | B      |     50 |  30 |  0 |        20 | 50
            """);

    private static final LedgerPage SETTING = LedgerPage.of("who sets bounds of what", """
            wallets A=100 B
            do       | id    | by      | wallet     | token | floor | ceiling | outcome
            bounds   | swap  |         | A          |       | 10    | 9       | BAD_BOUNDS needed=10 limit=9
            bounds   | same  |         | A          |       | 10    | 10      | APPLIED
            bounds   | token |         | A          | XYZ   | 0     | 1       | UNKNOWN_TOKEN
            bounds   | who   |         | nobody     |       | 0     | 1       | UNKNOWN_WALLET
            bounds   | code  |         | A/issuance |       | 0     | 1       | UNKNOWN_ACCOUNT
            bounds   | kept  |         | A/6        |       | 0     | 1       | UNKNOWN_ACCOUNT
            bounds   | self  | A       | A          |       | 0     | 1       | NOT_AUTHORIZED
            bounds   | audit | auditor | A          |       | 0     | 1       | NOT_AUTHORIZED
            bounds   | sub   | system  | A/65535    |       | -7    | 8       | APPLIED
            bounds   | free  |         | A          |       | none  | none    | APPLIED
            do       | wallet  | posted | available | floor | ceiling | opened
            balance  | A       |    100 |       max | none  | none    | yes
            balance  | A/65535 |      0 |         7 | -7    | 8       | yes
            balance  | A/6     |      0 |         0 | 0     | 0       | no
            """);

    private static final LedgerPage SUB_ACCOUNTS = LedgerPage.of("a wallet's sub-accounts are its own business", """
            wallets A=100 B=10
            do       | id    | by | from     | to        | amount | outcome
            transfer | stake |    | A        | A/stake   |     40 | APPLIED from.staked=40 from.version=2
            transfer | more  |    | A        | A/stake   |      1 | APPLIED from.staked=41 from.version=3
            transfer | same  |    | A/stake  | A/stake   |      1 | SAME_WALLET
            transfer | move  |    | A/stake  | A/escrow  |     11 | APPLIED
            transfer | own   |    | A/escrow | A/256     |      1 | APPLIED
            transfer | kept  |    | A        | A/255     |      1 | UNKNOWN_ACCOUNT
            transfer | lack  |    | A/256    | A         |      2 | INSUFFICIENT_FUNDS needed=2 available=1 limit=0
            transfer | pay   |    | A/escrow | B         |     10 | APPLIED
            transfer | door  |    | B        | A/stake   |      1 | NOT_AUTHORIZED
            transfer | steal | B  | A/stake  | B         |      1 | NOT_AUTHORIZED
            transfer | none  |    | A/300    | B         |      1 | INSUFFICIENT_FUNDS needed=1 available=0 limit=0
            do       | wallet   | posted | available | staked | opened
            balance  | A        |     59 |        59 |     30 | yes
            balance  | A/stake  |     30 |        30 |      0 | yes
            balance  | A/escrow |      0 |         0 |      0 | yes
            balance  | A/256    |      1 |         1 |      0 | yes
            balance  | A/300    |      0 |         0 |      0 | no
            balance  | B        |     20 |        20 |      0 | yes
            """);

    private static final LedgerPage STAKE_AFTER_ROLLBACK =
            LedgerPage.of("a stake vault that a failed chain would have opened counts when it is opened later", """
            wallets A=100 B
            do       | id    | by | from | to      | amount | outcome
            batch    |       | A  |      |         |        |
            & transfer | s1  |    | A    | A/stake |     40 | LINKED_FAILED
            - transfer | s2  |    | A    | B       |    100 | INSUFFICIENT_FUNDS needed=100 available=60
            do       | wallet   | posted | staked | opened | version
            balance  | A        |    100 |      0 | yes    | 1
            balance  | A/stake  |      0 |      0 | no     | 0
            do       | id    | from | to      | amount | outcome
            transfer | s3    | A    | A/stake |     40 | APPLIED from.staked=40
            do       | wallet   | posted | staked
            balance  | A        |     60 |     40
            """);

    private BoundsPages() {}

    static List<LedgerPage> all() {
        return List.of(FLOOR, CREDIT_LINE, CEILING, SETTING, SUB_ACCOUNTS, STAKE_AFTER_ROLLBACK);
    }
}
