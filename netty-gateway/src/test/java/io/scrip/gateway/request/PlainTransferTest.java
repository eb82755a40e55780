package io.scrip.gateway.request;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.gateway.json.TokenCodes;
import io.scrip.gateway.json.TokenScales;
import io.scrip.gateway.json.Viewer;
import io.scrip.gateway.json.WalletIds;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever the short way takes, the parser of all transfers takes too, and makes the same command of it. */
class PlainTransferTest {
    private static final Viewer PAYER = Viewer.ofWallet(2);
    private static final String ID = "0192f3a4-5b6c-7d8e-9fa0-b1c2d3e4f506";
    private static final String USUAL = "{'id':'" + ID + "','from':'" + WalletIds.toText(2) + "','to':'"
            + WalletIds.toText(3) + "','token':'CRD','amount':'1.5','reference':'order 7'}";
    private static final String[] PIECES = {
        "'",
        ",",
        ":",
        "{",
        "}",
        "[",
        "]",
        " ",
        "\n",
        "\t",
        "\\u0041",
        "\\",
        "null",
        "true",
        "0",
        "1",
        ".",
        "-",
        "e",
        "",
        "'memo':'x',",
        "'id':'" + ID + "',",
        "'amount':'2',",
        "'dry_run':false,",
        "'reference':'',",
        "'metadata':null,",
        "é",
        "\u0000",
        "\u007F",
        "ID",
        "USD",
        "w_",
        "'kind':'plain',",
        "'linked':true,"
    };

    private final TokenScales scales = new TokenScales();
    private final RequestContext context = new RequestContext(scales);
    private final PlainTransfer plain = new PlainTransfer(context);
    private final TransferRequests all = new TransferRequests(context, new TransferFields());
    private final CommandBuffer out = new CommandBuffer();
    private final CommandBuffer expected = new CommandBuffer();

    @BeforeEach
    void knowsOneToken() {
        scales.add(TokenCodes.parse("CRD"), 6);
    }

    private static byte[] utf8(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private CommandId read(String json, String idHeader) {
        byte[] body = utf8(json);
        return plain.read(body, body.length, idHeader, PAYER, out);
    }

    private void assertTakenAsBefore(String json, String idHeader) {
        CommandId id = read(json, idHeader);
        assertNotNull(id, json);
        byte[] body = utf8(json);
        assertEquals(all.anyTransfer(body, body.length, idHeader, PAYER, expected), id);
        assertArrayEquals(expected.copy(), out.copy(), json);
    }

    @Test
    void makesTheSameCommandOfTheUsualBody() {
        assertTakenAsBefore(USUAL, null);
        assertTakenAsBefore(USUAL.replace(",'reference':'order 7'", ""), null);
        assertTakenAsBefore(USUAL.replace("'order 7'", "''"), null);
        assertTakenAsBefore(USUAL.replace(":", " : ").replace(",", "\n,\t"), null);
        assertTakenAsBefore("  " + USUAL + "\r\n", null);
        assertTakenAsBefore(USUAL.replace("'id':'" + ID + "',", ""), ID);
        assertTakenAsBefore(USUAL.replace("'id':'" + ID + "',", ""), "a key of any kind".replace(' ', '-'));
        assertTakenAsBefore(USUAL, "\"" + ID + "\"");
        assertTakenAsBefore(USUAL.replace(ID, ID.toUpperCase(Locale.ROOT)), null);
    }

    @Test
    void noByteBehindTheBodyIsTakenForItsEnd() {
        byte[] usual = utf8(USUAL);
        for (int behind = 0; behind < 256; behind++) {
            byte[] body = Arrays.copyOf(usual, usual.length + 2);
            body[usual.length] = (byte) behind;
            body[usual.length + 1] = 'x';
            assertNull(plain.read(body, body.length, null, PAYER, out), "byte " + behind);
        }
    }

    @Test
    void leavesWhateverElseIsSaidToTheOther() {
        for (String json : List.of(
                USUAL.replace("CRD", "USD"),
                USUAL.replace("'1.5'", "1.5"),
                USUAL.replace("'1.5'", "'0'"),
                USUAL.replace("'1.5'", "'-1'"),
                USUAL.replace("'1.5'", "'1.1234567'"),
                USUAL.replace("'1.5'", "'99999999999999999999'"),
                USUAL.replace("order 7", "x".repeat(129)),
                USUAL.replace("order 7", "\\u0041"),
                USUAL.replace("order 7", "é"),
                USUAL.replace(ID, "a-key"),
                USUAL.replace(ID, "00000000-0000-0000-0000-000000000000"),
                USUAL.replace("'id':'" + ID + "',", ""),
                USUAL.replace("'from'", "'form'"),
                USUAL.replace("'reference'", "'token'"),
                USUAL.replace("'order 7'", "'order 7','dry_run':false"),
                USUAL + "x",
                USUAL.replace("}", ",}"),
                "[" + USUAL + "]",
                "",
                "{}")) {
            assertNull(read(json, null), json);
        }
    }

    @Test
    void refusesTwoIdsThatDiffer() {
        assertThrows(RequestFault.class, () -> read(USUAL, "another"));
    }

    @Test
    void makesTheSameCommandOfWhateverItTakes() {
        SplittableRandom random = new SplittableRandom(11);
        int taken = 0;
        int passed = 0;
        for (int i = 0; i < 60_000; i++) {
            StringBuilder json = new StringBuilder(USUAL);
            for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
                int at = random.nextInt(json.length());
                switch (random.nextInt(4)) {
                    case 0 -> json.deleteCharAt(at);
                    case 1 -> json.setCharAt(at, (char) random.nextInt(0x100));
                    case 2 -> json.setCharAt(at, "0123456789abcdef".charAt(random.nextInt(16)));
                    default -> json.insert(at, PIECES[random.nextInt(PIECES.length)]);
                }
            }
            if (read(json.toString(), null) == null) {
                passed++;
            } else {
                taken++;
                assertTakenAsBefore(json.toString(), null);
            }
        }
        assertTrue(taken > 5_000, "taken: " + taken);
        assertTrue(passed > 5_000, "passed: " + passed);
    }
}
