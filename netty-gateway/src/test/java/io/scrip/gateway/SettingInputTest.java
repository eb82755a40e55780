package io.scrip.gateway;

import static io.scrip.gateway.TestClient.json;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.scrip.gateway.TestClient.Answer;
import io.scrip.gateway.TestClient.Wallet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bodies that set something and are malformed: refused with the field's name before they reach the ledger. */
class SettingInputTest {
    private static TestServer server;
    private static TestClient client;

    @BeforeAll
    static void start() {
        server = new TestServer();
        client = new TestClient(server.tcpPort());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static final String[] TABLE = {
        "/tokens   | {'scale':6,'transferable':true}                     | missing_field     | code",
        "/tokens   | {'code':'GLD','transferable':true}                  | missing_field     | scale",
        "/tokens   | {'code':'GLD','scale':6}                            | missing_field     | transferable",
        "/tokens   | {'code':'gld','scale':6,'transferable':true}        | invalid_value     | code",
        "/tokens   | {'code':'GLD','scale':19,'transferable':true}       | invalid_value     | scale",
        "/tokens   | {'code':'GLD','scale':-1,'transferable':true}       | invalid_value     | scale",
        "/tokens   | {'code':'GLD','scale':1.0,'transferable':true}      | wrong_type        | scale",
        "/tokens   | {'code':'GLD','scale':'1','transferable':true}      | wrong_type        | scale",
        "/tokens   | {'code':'GLD','scale':null,'transferable':true}     | wrong_type        | scale",
        "/tokens   | {'code':'GLD','scale':6,'transferable':1}           | wrong_type        | transferable",
        "/tokens   | {'code':'GLD','scale':6,'transferable':true,'x':1}  | unknown_field     | x",
        "/tokens   | {'code':'GLD','code':'GLD'}                         | duplicate_field   | code",
        "/tokens   | {'code':'GLD','scale':6,'transferable':true,'id':'LONG'} | invalid_value | id",
        "/fees     | FEE{'kind':'plain'}                                 | invalid_value     | kind",
        "/fees     | FEE{'payer':'nobody'}                               | invalid_value     | payer",
        "/fees     | FEE{'basis_points':10001}                           | invalid_value     | basis_points",
        "/fees     | FEE{'minimum_units':null}                           | wrong_type        | minimum_units",
        "/fees     | FEE{'minimum_units':'0.5'}                          | too_many_decimals | minimum_units",
        "/fees     | FEE{'minimum_units':'-1'}                           | invalid_amount    | minimum_units",
        "/fees     | FEE{'maximum_units':5}                              | amount_not_string | maximum_units",
        "/fees     | FEE{'revenue_wallet':'nobody'}                      | invalid_value     | revenue_wallet",
        "W/freeze  | {'account':2}                                       | missing_field     | token",
        "W/freeze  | {'token':'CRD','account':65535}                     | invalid_value     | account",
        "W/freeze  | {'token':'CRD','account':-1}                        | invalid_value     | account",
        "W/freeze  | {'token':'crd'}                                     | invalid_value     | token",
        "W/freeze  | {'reason':'a\\nb'}                                  | invalid_value     | reason",
        "W/freeze  | {'reason':'LONGER'}                                 | invalid_value     | reason",
        "W/freeze  | {'reason':5}                                        | wrong_type        | reason",
        "W/freeze  |                                                     | malformed_json    |",
        "W/bounds  | {'token':'CRD','floor':'0'}                         | missing_field     | ceiling",
        "W/bounds  | {'token':'CRD','ceiling':'0'}                       | missing_field     | floor",
        "W/bounds  | {'floor':'0','ceiling':null}                        | missing_field     | token",
        "W/bounds  | {'token':'CRD','floor':0,'ceiling':null}            | amount_not_string | floor",
        "W/bounds  | {'token':'CRD','floor':'--1','ceiling':null}        | invalid_amount    | floor",
        "W/bounds  | {'token':'CRD','floor':'+1','ceiling':null}         | invalid_amount    | floor",
        "W/bounds  | {'token':'CRD','floor':'1e2','ceiling':null}        | invalid_amount    | floor",
        "W/bounds  | {'token':'CRD','floor':'-','ceiling':null}          | invalid_amount    | floor",
        "W/bounds  | {'token':'CRD','floor':'-0.0000001','ceiling':null} | too_many_decimals | floor",
        "W/bounds  | {'token':'CRD','floor':'-9223372036854.775808','ceiling':null} | amount_too_large | floor",
        "W/parent  | {}                                                  | missing_field     | parent",
        "W/parent  | {'parent':'nobody'}                                 | invalid_value     | parent",
        "W/limits  | {'token':'CRD','window':'hour','max_count':1}       | missing_field     | max_sum",
        "W/limits  | {'token':'CRD','window':'hour','max_sum':'1'}       | missing_field     | max_count",
        "W/limits  | {'token':'CRD','window':'week','max_count':1,'max_sum':null} | invalid_value | window",
        "W/limits  | {'token':'CRD','window':'call','max_count':1,'max_sum':null} | invalid_value | window",
        "W/limits  | {'token':'CRD','window':'hour','max_count':-1,'max_sum':null} | invalid_value | max_count",
        "W/limits  | {'token':'CRD','window':'hour','max_count':'1','max_sum':null} | wrong_type | max_count",
        "W/limits  | {'token':'CRD','window':'hour','max_count':1,'max_sum':'-1'} | invalid_amount | max_sum",
        "W/budgets | {'token':'CRD','scope':'own','per_call':null,'per_day':null} | missing_field | per_month",
        "W/budgets | {'token':'CRD','scope':'all','per_call':null,'per_day':null,'per_month':null} | invalid_value | scope",
        "W/budgets | {'token':'CRD','scope':'own','per_call':'1','per_day':1,'per_month':null} | amount_not_string | per_day",
        "W/counterparties | {}                                           | missing_field     | counterparty",
        "W/counterparties | {'counterparty':null}                        | wrong_type        | counterparty",
        "W/counterparties/remove | {'counterparty':'x'}                  | invalid_value     | counterparty",
        "W/kill-switch | {}                                              | missing_field     | on",
        "W/kill-switch | {'on':1}                                        | wrong_type        | on",
        "W/kill-switch | {'on':null}                                     | wrong_type        | on"
    };

    @Test
    void namesTheFieldThatIsWrong() {
        Wallet ann = client.open("agent:ann");
        long before = server.log.lastEventSequence();
        StringBuilder wrong = new StringBuilder();
        for (String row : TABLE) {
            String[] cells = row.split("\\|");
            String path = "/api/v1" + cells[0].trim().replace("W/", "/wallets/" + ann.id() + "/");
            Answer answer = client.post(TestServer.OPERATOR_KEY, path, body(cells[1].trim()));
            String field = cells.length > 3 ? cells[3].trim() : null;
            boolean right = answer.status() == 400
                    && cells[2].trim().equals(answer.code())
                    && String.valueOf(field).equals(String.valueOf(answer.field()));
            if (!right) {
                wrong.append(row).append(": ").append(answer.body()).append('\n');
            }
        }
        assertEquals("", wrong.toString());
        assertEquals(before, server.log.lastEventSequence(), "nothing of it reached the ledger");
    }

    /** {@code FEE{…}} is a good schedule in which one member is another. */
    private static String body(String cell) {
        String text = cell.replace("LONGER", "r".repeat(129)).replace("LONG", "x".repeat(65));
        if (!text.startsWith("FEE")) {
            return json(text);
        }
        String fee = "{'kind':'tip','payer':'sender','basis_points':5,'minimum_units':'0','maximum_units':null,"
                + "'revenue_wallet':'w_c953cpkn4p7sz'}";
        String member = text.substring("FEE{".length(), text.length() - 1);
        String name = member.substring(0, member.indexOf(':') + 1);
        return json(fee.replaceFirst(name + "('[^']*'|[a-z0-9]+)", member));
    }

    @Test
    void aTokenThatWasRegisteredElsewhereIsFoundBeforeItsAmountsAreRead() {
        Wallet ann = client.open("agent:late");
        server.registerToken("LATE", 3, true);
        Answer answer = client.post(
                TestServer.OPERATOR_KEY,
                "/api/v1/wallets/" + ann.id() + "/bounds",
                json("{'token':'LATE','floor':'-0.001','ceiling':null}"));
        assertEquals(201, answer.status(), answer.body());
        assertEquals("-0.001", answer.json().path("floor").asString());
    }
}
