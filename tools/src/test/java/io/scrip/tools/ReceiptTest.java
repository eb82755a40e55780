package io.scrip.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.tools.LocalServer.Answer;
import io.scrip.tools.LocalServer.Wallet;
import io.scrip.tools.receipt.VerifyReceiptCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Receipts from a real server, verified by the real command. */
@Timeout(180)
class ReceiptTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    private Path scratch;

    private String printed = "";

    private ExitCode verify(String receipt, String... options) throws IOException {
        Path file = scratch.resolve("receipt.json");
        Files.writeString(file, receipt);
        StringWriter out = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of("verify-receipt", file.toString()));
        arguments.addAll(List.of(options));
        StringWriter err = new StringWriter();
        int code = Scrip.run(new PrintWriter(out), new PrintWriter(err), arguments.toArray(new String[0]));
        printed = out.toString() + err;
        for (ExitCode known : ExitCode.values()) {
            if (known.number() == code) {
                return known;
            }
        }
        throw new IllegalStateException("exit code " + code);
    }

    @Test
    void aReceiptProvesWhoWhatAndWhenAndShowsItsHoldersBalanceAndNobodyElses() throws Exception {
        try (LocalServer server = new LocalServer(scratch.resolve("data"))) {
            Wallet ann = server.open("agent:ann");
            Wallet ben = server.open("agent:ben");
            Wallet eve = server.open("agent:eve");
            server.issue(ann, "100");
            String id = LocalServer.newId();
            assertEquals(201, server.transfer(ann, ann, ben, "7", id).status());

            Answer payer = server.receipt(ann.key(), id);
            assertEquals(200, payer.status(), payer.body());
            assertEquals(ExitCode.OK, verify(payer.body()), printed);
            assertTrue(printed.contains("moved 7 CRD from " + ann.id() + " to " + ben.id()), printed);
            assertTrue(printed.contains(ann.id() + " then had 93 posted, 93 available"), printed);
            assertTrue(printed.contains("reference: order 7"), printed);
            assertFalse(printed.contains(ben.id() + " then had"), printed);
            assertTrue(payer.json().at("/records/0/opened/to").isNull());

            Answer payee = server.receipt(ben.key(), id);
            assertEquals(ExitCode.OK, verify(payee.body()), printed);
            assertTrue(printed.contains(ben.id() + " then had 7 posted"), printed);
            assertTrue(payee.json().at("/records/0/opened/from").isNull());
            for (JsonNode hidden : payer.json().at("/records/0/opened/from")) {
                boolean isTelling = hidden.asString().length() > 20;
                assertFalse(isTelling && payee.body().contains(hidden.asString()), "the payee sees " + hidden);
            }
            Answer audit = server.receipt(LocalServer.OPERATOR, id);
            assertEquals(ExitCode.OK, verify(audit.body()), printed);
            assertTrue(printed.contains(ann.id() + " then had") && printed.contains(ben.id() + " then had"), printed);

            assertEquals(404, server.receipt(eve.key(), id).status());
            assertEquals(404, server.receipt(ann.key(), LocalServer.newId()).status());
            assertEquals(401, server.receipt(null, id).status());
        }
    }

    @Test
    void theKeyDecidesWhoseReceiptItIs() throws Exception {
        try (LocalServer server = new LocalServer(scratch.resolve("data"));
                LocalServer other = new LocalServer(scratch.resolve("other"))) {
            Wallet ann = server.open("agent:ann");
            server.issue(ann, "100");
            String id = LocalServer.newId();
            server.transfer(ann, ann, server.open("agent:ben"), "1", id);
            String receipt = server.receipt(ann.key(), id).body();
            String key = server.get(null, "/api/v1/proof/key").body();
            Path keyFile = Files.writeString(scratch.resolve("key.json"), key);
            assertEquals(ExitCode.OK, verify(receipt, "--key", keyFile.toString()), printed);
            assertTrue(printed.contains("Signed by the key you gave"), printed);
            String otherKey = other.get(null, "/api/v1/proof/key").text("public_key");
            assertEquals(ExitCode.OTHER_KEY, verify(receipt, "--key", otherKey), printed);
            assertEquals(ExitCode.OTHER_KEY, verify(receipt, "--json", "--key", otherKey), printed);
            assertEquals("other_key", MAPPER.readTree(printed).path("code").asString());
            // The right name of the key over a foreign signature.
            String own = MAPPER.readTree(key).path("public_key").asString();
            String forged = receipt.replace(own, otherKey);
            assertEquals(ExitCode.RECEIPT_TAMPERED, verify(forged, "--key", otherKey), printed);
            assertTrue(printed.contains("step signature"), printed);
            assertEquals(ExitCode.USAGE, verify(receipt, "--key", "no-such-file"), printed);
            assertEquals(ExitCode.NOT_A_RECEIPT, verify("{}"), printed);
            assertEquals(ExitCode.NOT_A_RECEIPT, verify("a letter"), printed);
            assertEquals(ExitCode.NOT_A_RECEIPT, verify(""), printed);
            assertEquals(ExitCode.OK, verify(receipt, "--json"), printed);
            assertTrue(MAPPER.readTree(printed).path("valid").asBoolean(), printed);
            Answer statements = server.get(LocalServer.OPERATOR, "/api/v1/proof/statements?limit=500");
            assertEquals(200, statements.status(), statements.body());
            JsonNode used = MAPPER.readTree(receipt).at("/records/0/statement");
            assertTrue(statements.json().path("data").valueStream().anyMatch(used::equals), statements.body());
        }
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(scratch.resolve("data/proof/signing.key"))));
    }

    @Test
    void aRefusalsReceiptIsItsSendersAndKeepsWhatTheAnswerKept() throws Exception {
        try (LocalServer server = new LocalServer(scratch.resolve("data"))) {
            Wallet ann = server.open("agent:ann");
            Wallet ben = server.open("agent:ben");
            server.issue(ann, "100");
            String poor = LocalServer.newId();
            assertEquals(402, server.transfer(ann, ann, ben, "1000", poor).status());
            Answer receipt = server.receipt(ann.key(), poor);
            assertEquals(ExitCode.OK, verify(receipt.body()), printed);
            assertTrue(printed.contains("refused as insufficient_funds"), printed);
            assertTrue(printed.contains("needed 1000000000, available 100000000"), printed);
            assertEquals(404, server.receipt(ben.key(), poor).status());

            String theft = LocalServer.newId();
            assertEquals(403, server.transfer(ben, ann, ben, "1000", theft).status());
            assertEquals(200, server.receipt(LocalServer.OPERATOR, theft).status());
            int own = server.receipt(ben.key(), theft).status();
            assertTrue(
                    own == 404 || !server.receipt(ben.key(), theft).body().contains("insufficient"), "status " + own);
        }
    }

    @Test
    void receiptsGoOnAfterARestart() throws Exception {
        Path data = scratch.resolve("data");
        String id = LocalServer.newId();
        Wallet ann;
        Wallet ben;
        String before;
        try (LocalServer server = new LocalServer(data)) {
            ann = server.open("agent:ann");
            ben = server.open("agent:ben");
            server.issue(ann, "100");
            server.transfer(ann, ann, ben, "7", id);
            before = server.receipt(ann.key(), id).body();
        }
        try (LocalServer server = new LocalServer(data)) {
            assertEquals(before, server.receipt(ann.key(), id).body());
            String later = LocalServer.newId();
            server.transfer(ann, ann, ben, "7", later);
            Answer after = server.receipt(ann.key(), later);
            assertEquals(ExitCode.OK, verify(after.body()), printed);
            assertTrue(number(after.body()) > number(before), after.body());
        }
        Files.delete(data.resolve("proof/statements"));
        try (LocalServer server = new LocalServer(data)) {
            Answer again = server.receipt(ann.key(), id);
            assertEquals(ExitCode.OK, verify(again.body()), printed);
            assertEquals(ExitCode.OK, verify(before), printed);
        }
    }

    private static long number(String receipt) {
        return Long.parseLong(
                MAPPER.readTree(receipt).at("/records/0/statement/number").asString());
    }

    @Test
    void whateverIsChangedInAReceiptIsNoticed() throws Exception {
        String receipt;
        try (LocalServer server = new LocalServer(scratch.resolve("data"))) {
            Wallet ann = server.open("agent:ann");
            server.issue(ann, "100");
            String id = LocalServer.newId();
            server.transfer(ann, ann, server.open("agent:ben"), "7", id);
            receipt = server.receipt(ann.key(), id).body();
        }
        byte[] bytes = receipt.getBytes(StandardCharsets.UTF_8);
        byte[] key = HexFormat.of()
                .parseHex(MAPPER.readTree(receipt).path("public_key").asString());
        assertEquals(ExitCode.OK, VerifyReceiptCommand.verdictOf(bytes, key));
        JsonNode original = MAPPER.readTree(receipt);
        int refused = 0;
        for (int i = 0; i < bytes.length; i++) {
            for (byte other :
                    new byte[] {'0', '7', 'a', 'F', ' ', '"', ',', '}', '\n', 0, (byte) 0xC3, (byte) (bytes[i] ^ 1)}) {
                byte[] changed = bytes.clone();
                changed[i] = other;
                if (VerifyReceiptCommand.verdictOf(changed, key) != ExitCode.OK) {
                    refused++;
                } else {
                    assertEquals(original, tree(changed), "byte " + i + " became " + other);
                }
            }
            byte[] shorter = new byte[i];
            System.arraycopy(bytes, 0, shorter, 0, i);
            assertNotEquals(ExitCode.OK, VerifyReceiptCommand.verdictOf(shorter, key));
        }
        assertTrue(refused > 10 * bytes.length, "refused: " + refused);
        everyFieldIsNeededAndNoOtherIsTaken(original, key);
    }

    private static JsonNode tree(byte[] text) {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException malformed) {
            throw new IllegalStateException("verified, but is no JSON", malformed);
        }
    }

    /** Takes every member away once, adds one everywhere, and repeats and drops every element of a list. */
    private static void everyFieldIsNeededAndNoOtherIsTaken(JsonNode original, byte[] key) {
        List<String> places = new ArrayList<>();
        collect(original, "", places);
        assertTrue(places.size() > 50, places.toString());
        for (String place : places) {
            int slash = place.lastIndexOf('/');
            String name = place.substring(slash + 1);
            JsonNode without = original.deepCopy();
            JsonNode parent = without.at(place.substring(0, slash));
            if (parent instanceof ObjectNode object) {
                object.remove(name);
                assertRefused(without, key, "without " + place);
                JsonNode more = original.deepCopy();
                ((ObjectNode) more.at(place.substring(0, slash))).put(name + "_", "x");
                assertRefused(more, key, "with more beside " + place);
            } else if (parent instanceof ArrayNode array) {
                JsonNode twice = original.deepCopy();
                JsonNode list = twice.at(place.substring(0, slash));
                ((ArrayNode) list).add(list.get(0));
                assertRefused(twice, key, "twice " + place);
                array.remove(Integer.parseInt(name));
                assertRefused(without, key, "without " + place);
            }
        }
    }

    private static void assertRefused(JsonNode receipt, byte[] key, String why) {
        byte[] text = receipt.toString().getBytes(StandardCharsets.UTF_8);
        assertNotEquals(ExitCode.OK, VerifyReceiptCommand.verdictOf(text, key), why);
    }

    private static void collect(JsonNode node, String place, List<String> places) {
        if (!place.isEmpty()) {
            places.add(place);
        }
        if (node.isObject()) {
            for (String name : node.propertyNames()) {
                collect(node.get(name), place + "/" + name, places);
            }
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(node.get(i), place + "/" + i, places);
            }
        }
    }
}
