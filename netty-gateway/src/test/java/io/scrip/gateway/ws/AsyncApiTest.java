package io.scrip.gateway.ws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.scrip.gateway.json.Viewer;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The file that describes the streams says what they are, and no more. */
class AsyncApiTest {
    private final YAMLMapper yaml = new YAMLMapper();
    private final JsonNode document = read();
    private final StreamRig rig = new StreamRig();

    private JsonNode read() {
        try (InputStream file = AsyncApiTest.class.getResourceAsStream("/io/scrip/gateway/asyncapi.yaml")) {
            return yaml.readTree(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Schemas of the messages of an operation by the message's type. */
    private Map<String, Schema> schemas(String operation) {
        Map<String, Schema> byType = new TreeMap<>();
        for (JsonNode reference : document.at("/operations/" + operation + "/messages")) {
            JsonNode inChannel = resolve(reference);
            JsonNode message = resolve(inChannel);
            String schema = message.at("/payload/$ref").stringValue();
            String type =
                    resolve(message.get("payload")).at("/properties/type/const").stringValue();
            ObjectNode root = yaml.createObjectNode();
            root.put("$ref", schema);
            root.set("components", document.get("components"));
            byType.put(
                    type,
                    SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                            .getSchema(root));
        }
        return byType;
    }

    private JsonNode resolve(JsonNode reference) {
        return document.at(reference.get("$ref").stringValue().substring(1));
    }

    private static List<String> texts(StreamClient client) {
        List<String> texts = new ArrayList<>();
        for (Object frame = client.channel.readOutbound(); frame != null; frame = client.channel.readOutbound()) {
            if (frame instanceof TextWebSocketFrame text) {
                texts.add(text.text());
                text.release();
            }
        }
        return texts;
    }

    private List<String> everythingThatIsSent() {
        rig.script.issue(2, "CRD", 1_000_000);
        rig.script.transfer(2, 3, "CRD", 250_000, "order 7", "{\"a\":1}");
        List<String> texts = new ArrayList<>();
        rig.unknownWallet = 9;
        StreamClient owner = rig.connected(2, 1);
        StreamClient operator = rig.connect(1, 1, false, Viewer.OPERATOR);
        StreamClient nobody = rig.connect(9, 1);
        StreamClient eager = rig.connect(3, 99);
        rig.settle();
        for (int i = 0; i < 51; i++) {
            owner.send(i == 0 ? "nonsense" : "{\"type\":\"ping\"}");
        }
        rig.log.pruneBefore(rig.log.lastEventSequence());
        StreamClient late = rig.connected(2, 1);
        for (StreamClient client : List.of(owner, operator, nobody, eager, late)) {
            texts.addAll(texts(client));
        }
        return texts;
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void everyMessageIsAsDescribedAndEveryDescribedMessageIsSent() {
        Map<String, Schema> schemas = schemas("follow");
        Set<String> typesSent = new HashSet<>();
        Set<String> codesSent = new HashSet<>();
        for (String text : everythingThatIsSent()) {
            JsonNode message = yaml.readTree(text);
            String type = message.get("type").stringValue();
            assertEquals(List.of(), schemas.get(type).validate(message), text);
            typesSent.add(type);
            if (type.equals("error")) {
                codesSent.add(message.get("code").stringValue());
            }
        }
        assertEquals(schemas.keySet(), new HashSet<>(typesSent));
        Set<String> codesDescribed = new HashSet<>();
        document.at("/components/schemas/Error/properties/code/enum")
                .forEach(code -> codesDescribed.add(code.stringValue()));
        assertEquals(codesDescribed, codesSent);
    }

    @Test
    void everyDescribedRequestIsUnderstoodAndNothingElseIs() {
        Map<String, Schema> schemas = schemas("ask");
        Set<InboundType> understood = new HashSet<>();
        schemas.forEach((type, schema) -> {
            String text = "{\"type\":\"" + type + "\"}";
            assertEquals(List.of(), schema.validate(yaml.readTree(text)));
            assertFalse(schema.validate(yaml.readTree("{\"type\":\"" + type + "\",\"more\":1}"))
                    .isEmpty());
            assertNotEquals(InboundType.INVALID, InboundType.of(text));
            understood.add(InboundType.of(text));
        });
        assertEquals(InboundType.values().length - 1, understood.size());
    }

    @Test
    void everyCloseCodeIsExplained() {
        String description = document.at("/info/description").stringValue();
        for (CloseReason reason : CloseReason.values()) {
            assertTrue(description.matches("(?s).*\\b" + reason.code() + "\\b.*"), reason.name());
        }
    }
}
