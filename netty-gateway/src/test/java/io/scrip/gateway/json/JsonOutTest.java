package io.scrip.gateway.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonOutTest {
    @Test
    void putsCommasBetweenMembersAndElementsOnly() {
        assertEquals(
                "{\"a\":1,\"b\":[true,null,{\"c\":\"d\"},[]],\"e\":{}}",
                written(json -> json.beginObject()
                        .name("a")
                        .number(1)
                        .name("b")
                        .beginArray()
                        .bool(true)
                        .nullValue()
                        .beginObject()
                        .name("c")
                        .string("d")
                        .endObject()
                        .beginArray()
                        .endArray()
                        .endArray()
                        .name("e")
                        .beginObject()
                        .endObject()
                        .endObject()));
    }

    @Test
    void escapesWhatJsonWantsEscapedAndNothingElse() {
        String text = "a\"b\\c\nd\re\tf\u0001g\u001fhäö€\uD83D\uDE00/\u007f";
        String expected = "\"a\\\"b\\\\c\\nd\\re\\tf\\u0001g\\u001fhäö€\uD83D\uDE00/\u007f\"";
        assertEquals(expected, written(json -> json.string(text)));
    }

    @Test
    void writesBytesAsItWritesText() {
        String text = "a\"b\\c\nd\re\tf\u0001g\u001fhäö€\uD83D\uDE00";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        assertEquals(written(json -> json.string(text)), written(json -> json.utf8(buffer, 0, bytes.length)));
    }

    @Test
    void writesNoneAsNull() {
        assertEquals(
                "[null,null,null]",
                written(json ->
                        json.beginArray().string(null).timestamp(0).wallet(0).endArray()));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 9, 10, -10, 1234567890123456789L, Long.MAX_VALUE, Long.MIN_VALUE})
    void writesEveryInteger(long value) {
        assertEquals(Long.toString(value), written(json -> json.number(value)));
    }

    @Test
    void writesIdsAsUuids() {
        UUID id = UUID.fromString("0192f3a4-5b6c-7d8e-9fa0-b1c2d3e4f506");
        assertEquals(
                "\"" + id + "\"",
                written(json -> json.uuid(id.getMostSignificantBits(), id.getLeastSignificantBits())));
    }

    @Test
    void writesTheLedgersOwnWords() {
        assertEquals(
                "[\"1.5\",\"CRD\",\"" + WalletIds.toText(7) + "\",\"1970-01-01T00:00:00.000000009Z\"]",
                written(json -> json.beginArray()
                        .amount(150, 2)
                        .token(TokenCodes.parse("CRD"))
                        .wallet(7)
                        .timestamp(9)
                        .endArray()));
    }

    @Test
    void copiesRawValues() {
        UnsafeBuffer buffer = new UnsafeBuffer("xx{\"k\":1}".getBytes(StandardCharsets.UTF_8));
        assertEquals(
                "[{\"k\":1},7]",
                written(json -> json.beginArray().raw(buffer, 2, 7).raw("7").endArray()));
    }

    private static String written(Consumer<JsonOut> document) {
        ByteBuf buffer = Unpooled.buffer();
        document.accept(new JsonOut().to(buffer));
        return buffer.toString(StandardCharsets.UTF_8);
    }
}
