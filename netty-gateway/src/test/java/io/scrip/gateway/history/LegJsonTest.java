package io.scrip.gateway.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.scrip.gateway.http.TransactionQuery;
import io.scrip.gateway.json.JsonOut;
import io.scrip.gateway.json.Timestamps;
import io.scrip.gateway.json.Viewer;
import io.scrip.gateway.json.WalletIds;
import io.scrip.protocol.Role;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LegJsonTest {
    private static final String FROM =
            "'from':{'token':'CRD','available':'0.00088','pending':'0','locked':'0','staked':'0','total':'0.00088'}";
    private static final String TO =
            "'to':{'token':'CRD','available':'0.00012','pending':'0','locked':'0','staked':'0','total':'0.00012'}";

    private final ArrayEventLog log = new ArrayEventLog();
    private final EventScript script = new EventScript(log, "CRD");
    private final JsonOut json = new JsonOut();

    private StoredLeg newestOf(long wallet) {
        return new TransactionWalk(log.openReader(), 10)
                .page(script.heads(wallet), new TransactionQuery(1, null, null, 0, 0, 0))
                .legs()
                .get(0);
    }

    private String written(StoredLeg leg, Viewer viewer) {
        ByteBuf buffer = Unpooled.buffer();
        new LegJson().write(json.to(buffer), leg, viewer);
        return buffer.toString(StandardCharsets.UTF_8).replace('"', '\'');
    }

    @Test
    void shouldShowEachViewerTheBalancesItMayRead() {
        script.issue(2, "CRD", 1_000);
        script.transfer(2, 3, "CRD", 120, "order \u00fc", "{\"a\":[1]}");
        StoredLeg leg = newestOf(3);
        String head = "{'id':'00000000-0000-0007-0000-000000000002','status':'posted','kind':'transfer','from':'"
                + WalletIds.toText(2) + "','to':'" + WalletIds.toText(3)
                + "','token':'CRD','amount':'0.00012','fee':'0','net':'0.00012','sequence':102,'timestamp':'"
                + Timestamps.toText(EventScript.timestampOf(2))
                + "','reference':'order \u00fc','metadata':{'a':[1]},'balances':{";

        assertEquals(head + FROM + "}}", written(leg, Viewer.ofWallet(2)));
        assertEquals(head + TO + "}}", written(leg, Viewer.ofWallet(3)));
        assertEquals(head + FROM + "," + TO + "}}", written(leg, Viewer.OPERATOR));
        assertEquals(head + FROM + "," + TO + "}}", written(leg, new Viewer(Role.AUDITOR, 0)));
        assertEquals(head + "}}", written(leg, Viewer.ofWallet(4)));
    }

    @Test
    void shouldShowAnIssueWithoutThePlatformsBalanceToItsReceiver() {
        script.issue(2, "CRD", 1_000);

        String json = written(newestOf(2), Viewer.ofWallet(2));

        assertEquals("'kind':'issue'", json.substring(json.indexOf("'kind'"), json.indexOf(",'from'")));
        assertEquals(
                "'balances':{'to':{'token':'CRD','available':'0.001','pending':'0','locked':'0','staked':'0',"
                        + "'total':'0.001'}}}",
                json.substring(json.indexOf("'balances'")));
    }

    @Test
    void shouldShowTheBalanceOfTheMainAccountOnly() {
        script.issue(2, "CRD", 1_000);
        script.within(2, 0, 300, "CRD", 400);
        StoredLeg inward = newestOf(2);
        script.within(2, 300, 301, "CRD", 100);
        StoredLeg between = newestOf(2);
        ByteBuf buffer = Unpooled.buffer();

        LegJson.writeBalance(json.to(buffer), inward, 2);

        assertEquals(
                "{'token':'CRD','available':'0.0006','pending':'0','locked':'0','staked':'0','total':'0.0006'}",
                buffer.toString(StandardCharsets.UTF_8).replace('"', '\''));
        assertNull(between.mainBalancesOf(2));
        assertNull(inward.mainBalancesOf(3));
    }
}
