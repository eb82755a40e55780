package io.scrip.gateway.http;

import static io.scrip.gateway.TestClient.json;
import static io.scrip.gateway.TestClient.newId;
import static io.scrip.gateway.TestClient.transfer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.gateway.TestClient;
import io.scrip.gateway.TestClient.Answer;
import io.scrip.gateway.TestClient.Wallet;
import io.scrip.gateway.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Real answers of everything that sets or tells something, held against the OpenAPI file. */
class OpenApiSettingsTest {
    private static final String OPERATOR = TestServer.OPERATOR_KEY;
    private static final String BASE = "/api/v1";
    private static final String WALLET = BASE + "/wallets/{wallet_id}/";
    private static final String NOWHERE = "w_0000000000000";

    private final OpenApiFile file = new OpenApiFile();
    private final List<String> faults = new ArrayList<>();
    private final Set<String> seen = new TreeSet<>();
    private TestClient client;

    @Test
    void describesEveryAnswerAboutSettings() {
        try (TestServer server = new TestServer()) {
            client = new TestClient(server.tcpPort());
            Wallet ann = client.open("agent:ann");
            Wallet ben = client.open("agent:ben");
            client.issue("CRD", ann.id(), "10");
            tokensAndFees(ann, ben);
            accounts(ann, ben);
            controls(ann, ben);
            lots(ann, ben);
        }
        assertEquals("", String.join("\n", faults));
        for (Route route : SettingRoutes.all()) {
            int best = route.method().equals("POST") ? 201 : 200;
            for (int status : new int[] {best, 400, 401}) {
                assertTrue(
                        seen.contains(route.method() + " " + route.path() + " " + status),
                        () -> route + " was not seen to answer " + status);
            }
        }
    }

    private void tokensAndFees(Wallet ann, Wallet ben) {
        command(OPERATOR, BASE + "/tokens", "", "{'code':'GOLD','scale':3,'transferable':true}");
        post(OPERATOR, BASE + "/tokens", "", "{'code':'GOLD','scale':3,'transferable':true}");
        post(ann.key(), BASE + "/tokens", "", "{}");
        read(ann.key(), BASE + "/tokens", "", "");
        String fee = json(
                "{'kind':'credit','payer':'receiver','basis_points':0,'minimum_units':'0','maximum_units':null,"
                        + "'revenue_wallet':'%s'}",
                ben.id());
        command(OPERATOR, BASE + "/fees", "", fee);
        command(OPERATOR, BASE + "/fees", "", fee.replace("credit", "tip").replace("null", "\"5\""));
        post(OPERATOR, BASE + "/fees", "", fee.replace(ben.id(), NOWHERE));
        read(ann.key(), BASE + "/fees", "", "");
        read(OPERATOR, BASE + "/fees", "", "");
    }

    private void accounts(Wallet ann, Wallet ben) {
        for (String change : new String[] {"freeze", "unfreeze"}) {
            command(OPERATOR, WALLET + change, ben.id(), "{'reason':'asked for'}");
            command(OPERATOR, WALLET + change, ben.id(), "{'token':'CRD'}");
            post(ann.key(), WALLET + change, ben.id(), "{}");
            post(OPERATOR, WALLET + change, NOWHERE, "{}");
        }
        command(OPERATOR, WALLET + "close", ben.id(), "{'token':'CRD','account':300}");
        post(OPERATOR, WALLET + "close", ann.id(), "{}");
        command(OPERATOR, WALLET + "bounds", ben.id(), "{'token':'CRD','floor':'-1.5','ceiling':null}");
        command(OPERATOR, WALLET + "bounds", ben.id(), "{'token':'CRD','account':2,'floor':null,'ceiling':'7'}");
        post(OPERATOR, WALLET + "bounds", ben.id(), "{'token':'CRD','floor':'2','ceiling':'1'}");
        read(ben.key(), WALLET + "accounts", ben.id(), "");
        read(ann.key(), WALLET + "accounts", ben.id(), "");
    }

    private void controls(Wallet ann, Wallet ben) {
        command(OPERATOR, WALLET + "parent", ann.id(), json("{'parent':'%s'}", ben.id()));
        post(OPERATOR, WALLET + "parent", ben.id(), json("{'parent':'%s'}", ann.id()));
        command(OPERATOR, WALLET + "parent", ben.id(), "{'parent':null}");
        command(
                ben.key(),
                WALLET + "limits",
                ann.id(),
                "{'token':'CRD','window':'day','max_count':5,'max_sum':'3','account':null}");
        command(
                ben.key(),
                WALLET + "limits",
                ann.id(),
                "{'token':'CRD','window':'hour','max_count':null,'max_sum':'2'}");
        post(ann.key(), WALLET + "limits", ann.id(), "{'token':'CRD','window':'hour','max_count':0,'max_sum':null}");
        String budget = "{'token':'CRD','scope':'%s','per_call':'1','per_day':'2','per_month':null}";
        command(ben.key(), WALLET + "budgets", ann.id(), json(budget, "own"));
        command(ben.key(), WALLET + "budgets", ben.id(), json(budget, "below"));
        post(ann.key(), WALLET + "budgets", ben.id(), json(budget, "below"));
        String pay = transfer(newId(), ann.id(), ben.id(), "CRD", "1.5");
        check("POST", BASE + "/transfers", client.post(ann.key(), BASE + "/transfers", pay));
        command(ben.key(), WALLET + "counterparties", ann.id(), json("{'counterparty':'%s'}", ben.id()));
        post(ben.key(), WALLET + "counterparties", ann.id(), json("{'counterparty':'%s'}", NOWHERE));
        command(ben.key(), WALLET + "kill-switch", ann.id(), "{'on':true,'reason':'because'}");
        read(ann.key(), WALLET + "controls", ann.id(), "");
        read(ben.key(), WALLET + "controls", ben.id(), "");
        read(ann.key(), WALLET + "controls", ben.id(), "");
        command(ben.key(), WALLET + "counterparties/remove", ann.id(), json("{'counterparty':'%s'}", ben.id()));
        command(OPERATOR, WALLET + "kill-switch", ann.id(), "{'on':false}");
    }

    private void lots(Wallet ann, Wallet ben) {
        String issue = json("{'id':'%s','to':'%s','amount':'1','terms':", newId(), ann.id())
                + json("{'category':'paid','priority':5,'expires_at':'never','convertible_from':'at_once'}}");
        assertEquals(List.of(), file.faults("Issue", issue));
        String path = BASE + "/tokens/{code}/issue";
        check("POST", path, client.post(OPERATOR, path.replace("{code}", "CRD"), issue));
        read(ann.key(), WALLET + "lots", ann.id(), "?token=CRD&account=0");
        read(ann.key(), WALLET + "lots", ann.id(), "?token=NOPE");
        read(ben.key(), WALLET + "lots", ann.id(), "?token=CRD");
    }

    /** Sends a command, again, again with other content, malformed and without a key. */
    private void command(String key, String path, String wallet, String body) {
        String withId = json("{'id':'%s',", newId()) + json(body).substring(1);
        post(key, path, wallet, withId);
        post(key, path, wallet, withId);
        post(
                key,
                path,
                wallet,
                withId.replaceFirst("(true|false|null|\"[a-z]+\"|\"w_[0-9a-z]+\")}", "\"w_c953cpkn4p7sz\"}"));
        post(key, path, wallet, "{'nonsense':1}");
        post(null, path, wallet, body);
    }

    /** Asks a question, with a parameter that is not known, and without a key. */
    private void read(String key, String path, String wallet, String query) {
        String place = path.replace("{wallet_id}", wallet);
        check("GET", path, client.get(key, place + query));
        check("GET", path, client.get(key, place + "?nonsense=1"));
        check("GET", path, client.get(null, place + query));
    }

    private void post(String key, String path, String wallet, String body) {
        check("POST", path, client.post(key, path.replace("{wallet_id}", wallet), json(body)));
    }

    private void check(String method, String path, Answer answer) {
        faults.addAll(file.faults(method, path, answer));
        seen.add(method + " " + path + " " + answer.status());
    }
}
