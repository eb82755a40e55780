package io.scrip.ledger;

import java.util.List;

/** Single transfers and issues. */
final class TransferPages {
    private static final LedgerPage PLAIN = LedgerPage.of("a transfer moves what is there, to the last unit", """
            wallets A=100 B C

            do       | id    | from | to | amount | outcome
            transfer | rent  | A    | B  |     60 | APPLIED amount=60 fee=0 events=1 from.posted=40 to.posted=60
            transfer | more  | A    | C  |     41 | INSUFFICIENT_FUNDS needed=41 available=40 limit=0 events=1
            transfer | last  | A    | C  |     40 | APPLIED from.posted=0
            transfer | none  | A    | C  |      1 | INSUFFICIENT_FUNDS needed=1 available=0 limit=0
            transfer | back  | B    | A  |      5 | APPLIED

            do       | wallet | posted | out | in | available | version
            balance  | A      |      5 |   0 |  0 |         5 |       4
            balance  | B      |     55 |   0 |  0 |        55 |       2
            balance  | C      |     40 |   0 |  0 |        40 |       1
            """);

    private static final LedgerPage NOT_POSSIBLE = LedgerPage.of("what a transfer cannot be", """
            wallets A=100 B
            do       | id   | token | transferable | outcome
            token    | rep  | REP   | no           | APPLIED

            do       | id   | by       | from       | to         | token | amount | outcome
            transfer | zero |          | A          | B          |       |      0 | AMOUNT_NOT_POSITIVE
            transfer | neg  |          | A          | B          |       |     -1 | AMOUNT_NOT_POSITIVE
            transfer | self |          | A          | A          |       |      1 | SAME_WALLET
            transfer | tok  |          | A          | B          | XYZ   |      1 | UNKNOWN_TOKEN
            transfer | from | A        | nobody     | B          |       |      1 | UNKNOWN_FROM
            transfer | to   |          | A          | nobody     |       |      1 | UNKNOWN_TO
            transfer | fix  |          | A          | B          | REP   |      1 | NOT_TRANSFERABLE
            transfer | iss  |          | A/issuance | B          |       |      1 | UNKNOWN_ACCOUNT
            transfer | kept |          | A          | A/255      |       |      1 | UNKNOWN_ACCOUNT
            transfer | thef | B        | A          | B          |       |      1 | NOT_AUTHORIZED
            transfer | oper | operator | A          | B          |       |      1 | NOT_AUTHORIZED
            transfer | audi | auditor  | A          | B          |       |      1 | NOT_AUTHORIZED
            transfer | door |          | A          | B/stake    |       |      1 | NOT_AUTHORIZED
            transfer | sys  | system   | A          | B/stake    |       |      1 | APPLIED

            do       | wallet  | posted | available
            balance  | A       |     99 |        99
            balance  | B       |      0 |         0
            balance  | B/stake |      1 |         1
            """);

    private TransferPages() {}

    static List<LedgerPage> all() {
        return List.of(PLAIN, NOT_POSSIBLE);
    }
}
