package io.scrip.tools.torture;

import java.util.List;
import java.util.Map;

/**
 * Everything that the server shows from outside at one quiet moment.
 *
 * @param balances     per wallet of the test: available and total, in millionths
 * @param histories    per wallet of the test: its transactions, newest first
 * @param remembered   what the server says by id about attempts that it should remember as refusals
 * @param differences  per token: debits less credits of the trial balance
 */
record Observation(
        List<Balance> balances,
        List<List<Movement>> histories,
        Map<String, String> remembered,
        Map<String, String> differences) {

    /** What a wallet holds of the test's token. */
    record Balance(long available, long total) {}

    /** One line of a wallet's history; a wallet that is not the test's is {@link Attempt#ISSUANCE}. */
    record Movement(String id, long sequence, int from, int to, long amount, String status) {}
}
