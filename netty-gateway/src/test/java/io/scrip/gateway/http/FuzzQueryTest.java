package io.scrip.gateway.http;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.scrip.gateway.request.RequestFault;
import java.nio.charset.StandardCharsets;

/** Whatever stands behind the question mark, it is what was asked for or a fault that says why not. */
class FuzzQueryTest {

    @FuzzTest(maxDuration = "60s")
    void anyQueryIsReadOrIsAFault(byte[] bytes) {
        String query = new String(bytes, StandardCharsets.ISO_8859_1);
        try {
            TransactionQuery transactions = Parameters.transactions(query);
            assertTrue(transactions.limit() >= 1 && transactions.limit() <= TransactionQuery.MAX_LIMIT);
        } catch (RequestFault fault) {
            assertNotNull(fault.getMessage());
        }
        try {
            assertTrue(Parameters.socket(query).from() >= -1);
        } catch (RequestFault fault) {
            assertNotNull(fault.getMessage());
        }
    }
}
