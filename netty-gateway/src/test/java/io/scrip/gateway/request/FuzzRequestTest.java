package io.scrip.gateway.request;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.scrip.gateway.json.TokenCodes;
import io.scrip.gateway.json.TokenScales;
import io.scrip.gateway.json.Viewer;
import io.scrip.gateway.request.RequestReader.KeyHash;
import io.scrip.gateway.request.RequestReader.UnknownToken;
import io.scrip.ledger.MessageShape;
import java.util.Arrays;

/** Whatever stands in a body, it is a command that the core takes for well-formed, or a fault that says why not. */
class FuzzRequestTest {
    private static final long CRD = TokenCodes.parse("CRD");

    @FuzzTest(maxDuration = "60s")
    void anyBodyIsAWellFormedCommandOrAFault(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        byte[] body = Arrays.copyOfRange(bytes, 1, bytes.length);
        TokenScales scales = new TokenScales();
        scales.add(CRD, 6);
        RequestReader reader = new RequestReader(scales);
        reader.tokensAreFresh((bytes[0] & 4) != 0);
        String idHeader = (bytes[0] & 8) != 0 ? "a-key" : null;
        CommandBuffer out = new CommandBuffer();
        Viewer caller = Viewer.ofWallet(2);
        try {
            switch (bytes[0] & 3) {
                case 0 -> reader.transfer(body, body.length, idHeader, caller, out);
                case 1 -> reader.issue(CRD, body, body.length, idHeader, Viewer.OPERATOR, out);
                case 2 -> reader.batch(body, body.length, caller, out);
                default -> reader.openWallet(body, body.length, idHeader, caller, new KeyHash(1, 2), out);
            }
            assertTrue(MessageShape.isWellFormed(out.buffer(), 0, out.length()), "the core would call this malformed");
        } catch (RequestFault fault) {
            assertNotNull(fault.kind());
            assertNotNull(fault.getMessage());
        } catch (UnknownToken notInTheTable) {
            assertTrue((bytes[0] & 4) == 0, "with a fresh table every token is known or refused by the core");
        }
    }
}
