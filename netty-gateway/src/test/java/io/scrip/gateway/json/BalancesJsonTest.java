package io.scrip.gateway.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BalancesJsonTest {

    private static String shown(BalanceNumbers balance) {
        ByteBuf out = Unpooled.buffer();
        BalancesJson.write(new JsonOut().to(out), TokenCodes.parse("CRD"), 2, balance);
        return out.toString(StandardCharsets.UTF_8).replace('"', '\'');
    }

    @Test
    void whatIsNotGoodYetIsInTheTotalAndNotAvailable() {
        assertEquals(
                "{'token':'CRD','available':'6','pending':'0','locked':'1','staked':'0','total':'10'}",
                shown(new BalanceNumbers(0, 1000, 100, 0, 0, 0, 300)));
    }

    @Test
    void aFloorBelowAllNumbersLeavesTheLargestAvailable() {
        assertEquals(
                "{'token':'CRD','available':'92233720368547758.07','pending':'0','locked':'0','staked':'0','total':'10'}",
                shown(new BalanceNumbers(0, 1000, 0, 0, Long.MIN_VALUE + 1, 0, 0)));
    }
}
