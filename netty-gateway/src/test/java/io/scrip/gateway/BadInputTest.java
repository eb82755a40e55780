package io.scrip.gateway;

import static io.scrip.gateway.TestClient.newId;
import static io.scrip.gateway.TestClient.transfer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.gateway.TestClient.Answer;
import io.scrip.gateway.TestClient.Wallet;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every kind of bad input gets its status, its code and the name of its field, and never a stack trace. */
class BadInputTest {
    private static TestServer server;
    private static TestClient client;
    private static Wallet payer;
    private static Wallet payee;

    @BeforeAll
    static void start() {
        server = new TestServer();
        client = new TestClient(server.tcpPort());
        payer = client.open("agent:payer");
        payee = client.open("agent:payee");
        client.issue("CRD", payer.id(), "100");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Single quotes stand for double ones; ID, FROM, TO, NOBODY for a fresh id and wallet ids. */
    private static final String TRANSFERS = """
            400 | amount_not_string    | amount      | {'id':'ID','from':'FROM','to':'TO','token':'CRD','amount':1}
            400 | amount_not_string    | amount      | {'id':'ID','from':'FROM','to':'TO','token':'CRD','amount':1.5}
            400 | amount_not_string    | amount      | {'id':'ID','from':'FROM','to':'TO','token':'CRD','amount':-3}
            400 | json_limit           | amount      | {'id':'ID','from':'FROM','to':'TO','token':'CRD','amount':12345678901234567890123}
            400 | too_many_decimals    | amount      | {'id':'ID','from':'FROM','to':'TO','token':'CRD','amount':'0.0000001'}
            400 | too_many_decimals    | amount      | {'id':'ID','from':'FROM','to':'TO','token':'USD','amount':'1.001'}
            400 | invalid_amount       | amount      | {'id':'ID','from':'FROM','to':'TO','token':'CRD','amount':'-1'}
            400 | invalid_amount       | amount      | {'id':'ID','from':'FROM','to':'TO','token':'CRD','amount':'+1'}
            400 | invalid_amount       | amount      | {'id':'ID','from':'FROM','to':'TO','token':'CRD','amount':'1e3'}
            400 | invalid_amount       | amount      | {'id':'ID','from':'FROM','to':'TO','token':'CRD','amount':' 1'}
            400 | invalid_amount       | amount      | {'id':'ID','from':'FROM','to':'TO','token':'CRD','amount':''}
            400 | invalid_amount       | amount      | {'id':'ID','from':'FROM','to':'TO','token':'CRD','amount':'01'}
            400 | invalid_amount       | amount      | {'id':'ID','from':'FROM','to':'TO','token':'CRD','amount':'١'}
            400 | amount_not_positive  | amount      | {'id':'ID','from':'FROM','to':'TO','token':'CRD','amount':'0'}
            400 | amount_not_positive  | amount      | {'id':'ID','from':'FROM','to':'TO','token':'CRD','amount':'0.000000'}
            400 | amount_too_large     | amount      | {'id':'ID','from':'FROM','to':'TO','token':'CRD','amount':'9223372036854.775808'}
            400 | amount_too_large     | amount      | {'id':'ID','from':'FROM','to':'TO','token':'CRD','amount':'9223372036854775808'}
            422 | overflow             | -           | {'id':'ID','from':'FROM','to':'TO','token':'CRD','amount':'9223372036854.775807'}
            402 | insufficient_funds   | -           | {'id':'ID','from':'FROM','to':'TO','token':'CRD','amount':'1000.01'}
            400 | wrong_type           | amount      | {'id':'ID','from':'FROM','to':'TO','token':'CRD','amount':null}
            400 | wrong_type           | amount      | {'id':'ID','from':'FROM','to':'TO','token':'CRD','amount':['1']}
            400 | missing_field        | amount      | {'id':'ID','from':'FROM','to':'TO','token':'CRD'}
            422 | unknown_to           | -           | {'id':'ID','from':'FROM','to':'NOBODY','token':'CRD','amount':'1'}
            403 | not_authorized       | -           | {'id':'ID','from':'NOBODY','to':'TO','token':'CRD','amount':'1'}
            403 | not_authorized       | -           | {'id':'ID','from':'TO','to':'FROM','token':'CRD','amount':'1'}
            422 | same_wallet          | -           | {'id':'ID','from':'FROM','to':'FROM','token':'CRD','amount':'1'}
            422 | unknown_token        | -           | {'id':'ID','from':'FROM','to':'TO','token':'XYZ','amount':'1'}
            422 | not_transferable     | -           | {'id':'ID','from':'FROM','to':'TO','token':'REP','amount':'1'}
            400 | invalid_value        | token       | {'id':'ID','from':'FROM','to':'TO','token':'crd','amount':'1'}
            400 | invalid_value        | token       | {'id':'ID','from':'FROM','to':'TO','token':'TOOLONGCODE','amount':'1'}
            400 | invalid_value        | to          | {'id':'ID','from':'FROM','to':'bob','token':'CRD','amount':'1'}
            400 | invalid_value        | from        | {'id':'ID','from':'','to':'TO','token':'CRD','amount':'1'}
            400 | wrong_type           | from        | {'id':'ID','from':17,'to':'TO','token':'CRD','amount':'1'}
            400 | wrong_type           | to          | {'id':'ID','from':'FROM','to':{'id':'TO'},'token':'CRD','amount':'1'}
            400 | unknown_field        | fee         | {'id':'ID','from':'FROM','to':'TO','token':'CRD','amount':'1','fee':'0'}
            400 | unknown_field        | Amount      | {'id':'ID','from':'FROM','to':'TO','token':'CRD','Amount':'1'}
            400 | duplicate_field      | amount      | {'id':'ID','from':'FROM','to':'TO','token':'CRD','amount':'1','amount':'2'}
            400 | duplicate_field      | id          | {'id':'ID','id':'ID','from':'FROM','to':'TO','token':'CRD','amount':'1'}
            400 | id_missing           | id          | {'from':'FROM','to':'TO','token':'CRD','amount':'1'}
            400 | invalid_value        | id          | {'id':'','from':'FROM','to':'TO','token':'CRD','amount':'1'}
            400 | invalid_value        | id          | {'id':'a b','from':'FROM','to':'TO','token':'CRD','amount':'1'}
            400 | invalid_value        | id          | {'id':'00000000-0000-0000-0000-000000000000','from':'FROM','to':'TO','token':'CRD','amount':'1'}
            400 | wrong_type           | id          | {'id':5,'from':'FROM','to':'TO','token':'CRD','amount':'1'}
            400 | wrong_type           | reference   | {'id':'ID','from':'FROM','to':'TO','token':'CRD','amount':'1','reference':7}
            400 | invalid_value        | reference   | {'id':'ID','from':'FROM','to':'TO','token':'CRD','amount':'1','reference':'LONG'}
            400 | invalid_value        | reference   | {'id':'ID','from':'FROM','to':'TO','token':'CRD','amount':'1','reference':'\\u0000'}
            400 | invalid_value        | reference   | {'id':'ID','from':'FROM','to':'TO','token':'CRD','amount':'1','reference':'\\ud800'}
            400 | wrong_type           | metadata    | {'id':'ID','from':'FROM','to':'TO','token':'CRD','amount':'1','metadata':'x'}
            400 | wrong_type           | metadata    | {'id':'ID','from':'FROM','to':'TO','token':'CRD','amount':'1','metadata':[]}
            400 | duplicate_field      | metadata.a  | {'id':'ID','from':'FROM','to':'TO','token':'CRD','amount':'1','metadata':{'a':1,'a':2}}
            400 | json_limit           | metadata.k  | {'id':'ID','from':'FROM','to':'TO','token':'CRD','amount':'1','metadata':{'j':[1],'k':'ENDLESS'}}
            400 | json_limit           | *           | {'id':'ID','from':'FROM','to':'TO','token':'CRD','amount':'1','metadata':{'a':[[[[[[[1]]]]]]]}}
            400 | wrong_type           | dry_run     | {'id':'ID','from':'FROM','to':'TO','token':'CRD','amount':'1','dry_run':'true'}
            400 | invalid_value        | apply_before| {'id':'ID','from':'FROM','to':'TO','token':'CRD','amount':'1','apply_before':'tomorrow'}
            400 | invalid_value        | apply_before| {'id':'ID','from':'FROM','to':'TO','token':'CRD','amount':'1','apply_before':'2026-11-21T00:00:00+02:00'}
            400 | wrong_type           | conditions  | {'id':'ID','from':'FROM','to':'TO','token':'CRD','amount':'1','conditions':{}}
            400 | missing_field        | conditions[0].value      | {'id':'ID','from':'FROM','to':'TO','token':'CRD','amount':'1','conditions':[{'measure':'posted','comparison':'equal'}]}
            400 | invalid_value        | conditions[0].measure    | {'id':'ID','from':'FROM','to':'TO','token':'CRD','amount':'1','conditions':[{'measure':'x','comparison':'equal','value':'1'}]}
            400 | amount_not_string    | conditions[0].value      | {'id':'ID','from':'FROM','to':'TO','token':'CRD','amount':'1','conditions':[{'measure':'posted','comparison':'equal','value':1}]}
            400 | unknown_field        | conditions[0].side       | {'id':'ID','from':'FROM','to':'TO','token':'CRD','amount':'1','conditions':[{'side':'to','measure':'posted','comparison':'equal','value':'1'}]}
            400 | too_many_decimals    | conditions[0].value      | {'id':'ID','from':'FROM','to':'TO','token':'CRD','amount':'1','conditions':[{'measure':'posted','comparison':'equal','value':'0.0000001'}]}
            400 | malformed_json       | -           | {'id':'ID','from':'FROM','to':'TO','token':'CRD','amount':'1'} {}
            400 | malformed_json       | -           | {'id':'ID','from':'FROM','to':'TO','token':'CRD','amount':'1'},
            400 | malformed_json       | -           | {'id':'ID','from':'FROM','to':'TO','token':'CRD','amount':'1',}
            400 | malformed_json       | -           | {'id':'ID','from':'FROM'
            400 | malformed_json       | -           | {id:'ID'}
            400 | malformed_json       | -           | {'id':'ID' /* x */}
            400 | malformed_json       | -           | []
            400 | malformed_json       | -           | 'text'
            400 | malformed_json       | -           | null
            400 | malformed_json       | -           |
            400 | missing_field        | from        | {}
            400 | missing_field        | to          | {'from':'FROM'}
            """;

    @Test
    void namesTheFieldOfEveryMalformedTransfer() {
        StringBuilder wrong = new StringBuilder();
        String nobody = "w_0000000000000";
        for (String line : TRANSFERS.split("\n")) {
            String[] cells = line.split("\\|", 4);
            String body = cells[3].trim()
                    .replace('\'', '"')
                    .replace("ID", newId())
                    .replace("FROM", payer.id())
                    .replace("TO", payee.id())
                    .replace("NOBODY", nobody)
                    .replace("ENDLESS", "y".repeat(1_025))
                    .replace("LONG", "x".repeat(129));
            if (cells[3].contains("TOOLONGCODE")) {
                body = body.replace(payee.id() + "OLONGCODE", "TOOLONGCODE");
            }
            Answer answer = client.post(payer.key(), "/api/v1/transfers", body);
            String field = answer.field() == null ? "-" : answer.field();
            boolean fieldFits = cells[2].trim().equals("*") || cells[2].trim().equals(field);
            if (answer.status() != Integer.parseInt(cells[0].trim())
                    || !answer.code().equals(cells[1].trim())
                    || !fieldFits) {
                wrong.append(line).append("\n   -> ").append(answer.body()).append('\n');
            }
            assertFalse(answer.body().contains("Exception"), answer.body());
            assertFalse(answer.body().contains("tools.jackson"), answer.body());
        }
        assertEquals("", wrong.toString());
    }

    private static final String OTHERS = """
            400 | invalid_value   | owner                     | /api/v1/wallets            | {'owner':'alice'}
            400 | invalid_value   | owner                     | /api/v1/wallets            | {'owner':'agent:'}
            400 | invalid_value   | owner                     | /api/v1/wallets            | {'owner':'agent:a b'}
            400 | invalid_value   | owner                     | /api/v1/wallets            | {'owner':'agent:LONG'}
            400 | missing_field   | owner                     | /api/v1/wallets            | {}
            400 | wrong_type      | owner                     | /api/v1/wallets            | {'owner':1}
            400 | unknown_field   | name                      | /api/v1/wallets            | {'owner':'agent:x','name':'y'}
            409 | owner_exists    | -                         | /api/v1/wallets            | {'owner':'agent:payer'}
            404 | unknown_token   | -                         | /api/v1/tokens/XYZ/issue   | {'id':'ID','to':'TO','amount':'1'}
            422 | unknown_to      | -                         | /api/v1/tokens/CRD/issue   | {'id':'ID','to':'w_0000000000000','amount':'1'}
            400 | missing_field   | to                        | /api/v1/tokens/CRD/issue   | {'id':'ID','amount':'1'}
            400 | unknown_field   | from                      | /api/v1/tokens/CRD/issue   | {'id':'ID','from':'TO','to':'TO','amount':'1'}
            400 | id_missing      | id                        | /api/v1/tokens/CRD/issue   | {'to':'TO','amount':'1'}
            422 | overflow        | -                         | /api/v1/tokens/CRD/issue   | {'id':'ID','to':'TO','amount':'9223372036854.775807'}
            400 | missing_field   | items                     | /api/v1/transfers/batch    | {}
            400 | invalid_value   | items                     | /api/v1/transfers/batch    | {'items':[]}
            400 | wrong_type      | items                     | /api/v1/transfers/batch    | {'items':{}}
            400 | wrong_type      | items[0]                  | /api/v1/transfers/batch    | {'items':[1]}
            400 | missing_field   | items[0].id               | /api/v1/transfers/batch    | {'items':[{'from':'TO','to':'TO','token':'CRD','amount':'1'}]}
            400 | unknown_field   | items[0].dry_run          | /api/v1/transfers/batch    | {'items':[{'id':'ID','dry_run':true}]}
            400 | invalid_amount  | items[1].amount           | /api/v1/transfers/batch    | {'items':[ITEM,{'id':'ID','from':'TO','to':'TO','token':'CRD','amount':'x'}]}
            400 | invalid_value   | items[0].linked           | /api/v1/transfers/batch    | {'items':[{'id':'ID','from':'TO','to':'TO','token':'CRD','amount':'1','linked':true}]}
            400 | duplicate_field | items                     | /api/v1/transfers/batch    | {'items':[ITEM],'items':[ITEM]}
            400 | unknown_field   | id                        | /api/v1/transfers/batch    | {'id':'ID','items':[ITEM]}
            """;

    @Test
    void namesTheFieldOfEveryOtherMalformedBody() {
        // Nearly everything there can be is out, so that one more issue of the most overflows.
        Wallet rich = client.open("agent:rich");
        assertEquals(201, client.issue("CRD", rich.id(), "9223372036000").status());
        StringBuilder wrong = new StringBuilder();
        for (String line : OTHERS.split("\n")) {
            String[] cells = line.split("\\|", 5);
            String body = cells[4].trim()
                    .replace("ITEM", "{'id':'ID','from':'TO','to':'TO','token':'CRD','amount':'1'}")
                    .replace('\'', '"')
                    .replace("ID", newId())
                    .replace("TO", rich.id())
                    .replace("LONG", "x".repeat(128));
            Answer answer = client.post(TestServer.OPERATOR_KEY, cells[3].trim(), body);
            String field = answer.field() == null ? "-" : answer.field();
            if (answer.status() != Integer.parseInt(cells[0].trim())
                    || !answer.code().equals(cells[1].trim())
                    || !field.equals(cells[2].trim())) {
                wrong.append(line).append("\n   -> ").append(answer.body()).append('\n');
            }
        }
        assertEquals("", wrong.toString());
    }

    @Test
    void givesTheExistingWalletOfAnOwner() {
        Answer answer = client.post(TestServer.OPERATOR_KEY, "/api/v1/wallets", "{\"owner\":\"agent:payer\"}");
        assertEquals(payer.id(), answer.json().path("wallet_id").asString());
        assertTrue(answer.json().path("api_key").isMissingNode());
    }

    @Test
    void takesUtf8Only() {
        String body = transfer(newId(), payer.id(), payee.id(), "CRD", "1");
        byte[][] bodies = {
            body.getBytes(StandardCharsets.UTF_16LE),
            body.getBytes(StandardCharsets.UTF_16BE),
            ("\uFEFF" + body).getBytes(StandardCharsets.UTF_8),
            body.replace("CRD", "\u00e9").getBytes(StandardCharsets.ISO_8859_1),
            new byte[] {'{', '"', (byte) 0xC0, (byte) 0xAF, '"', ':', '1', '}'},
            new byte[] {'{', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"', ':', '1', '}'},
        };
        for (byte[] bytes : bodies) {
            Answer answer = client.send(client.request(payer.key(), "/api/v1/transfers")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofByteArray(bytes)));
            assertEquals(400, answer.status());
            assertEquals("malformed_json", answer.code());
        }
    }

    @Test
    void takesJsonOnly() {
        String body = transfer(newId(), payer.id(), payee.id(), "CRD", "1");
        for (String type : new String[] {"text/plain", "application/xml", "application/json; charset=utf-16", "json"}) {
            Answer answer = client.send(client.request(payer.key(), "/api/v1/transfers")
                    .header("Content-Type", type)
                    .POST(BodyPublishers.ofString(body)));
            assertEquals(415, answer.status(), type);
            assertEquals("unsupported_media_type", answer.code());
        }
        Answer none =
                client.send(client.request(payer.key(), "/api/v1/transfers").POST(BodyPublishers.ofString(body)));
        assertEquals(415, none.status());
        Answer zipped = client.send(client.request(payer.key(), "/api/v1/transfers")
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofString(body)));
        assertEquals(415, zipped.status());
        Answer fine = client.send(client.request(payer.key(), "/api/v1/transfers")
                .header("Content-Type", "Application/JSON; charset=UTF-8")
                .POST(BodyPublishers.ofString(body)));
        assertEquals(201, fine.status(), fine.body());
    }

    @Test
    void refusesBodiesOverTheLimit() {
        String start = "{\"metadata\":{";
        Answer tooLarge = client.post(payer.key(), "/api/v1/transfers", start + " ".repeat(16 << 10));
        assertEquals(413, tooLarge.status());
        assertEquals("body_too_large", tooLarge.code());
        Answer chunked = client.send(client.request(payer.key(), "/api/v1/transfers")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString(start + " ".repeat(16 << 10)))));
        assertEquals(413, chunked.status());
        Answer largest = client.post(payer.key(), "/api/v1/transfers", start + " ".repeat((16 << 10) - start.length()));
        assertEquals("malformed_json", largest.code());
        Answer metadata = client.post(
                payer.key(),
                "/api/v1/transfers",
                transfer(newId(), payer.id(), payee.id(), "CRD", "1")
                        .replace(
                                "}",
                                ",\"metadata\":{\"a\":\"" + "x".repeat(1000) + "\",\"b\":\"" + "x".repeat(1000)
                                        + "\",\"c\":\"" + "x".repeat(40) + "\"}}"));
        assertEquals(400, metadata.status());
        assertEquals("metadata", metadata.field());
    }

    @Test
    void knowsItsPathsAndMethods() {
        assertEquals(404, client.get(payer.key(), "/api/v1/nothing").status());
        assertEquals(404, client.get(payer.key(), "/").status());
        assertEquals(404, client.get(payer.key(), "/api/v1/wallets/").status());
        Answer method = client.get(payer.key(), "/api/v1/transfers");
        assertEquals(405, method.status());
        assertEquals("POST", method.header("Allow"));
        Answer wallet = client.send(
                client.request(payer.key(), "/api/v1/wallets/" + payer.id()).DELETE());
        assertEquals(405, wallet.status());
        assertEquals("GET", wallet.header("Allow"));
    }

    @Test
    void readsQueriesStrictly() {
        String path = "/api/v1/wallets/" + payer.id() + "/transactions?";
        String[][] table = {
            {"limit=0", "limit"},
            {"limit=501", "limit"},
            {"limit=-1", "limit"},
            {"limit=x", "limit"},
            {"limit=99999999999999999999", "limit"},
            {"limit=1&limit=2", "limit"},
            {"page=2", "page"},
            {"counterparty=bob", "counterparty"},
            {"from=yesterday", "from"},
            {"to=2026-01-01", "to"},
        };
        for (String[] row : table) {
            Answer answer = client.get(payer.key(), path + row[0]);
            assertEquals(400, answer.status(), row[0]);
            assertEquals("invalid_parameter", answer.code());
            assertEquals(row[1], answer.field());
        }
        assertEquals(
                400,
                client.get(payer.key(), "/api/v1/wallets/" + payer.id() + "?x=1")
                        .status());
    }
}
