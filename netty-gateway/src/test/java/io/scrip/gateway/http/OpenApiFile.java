package io.scrip.gateway.http;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import io.scrip.gateway.TestClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The OpenAPI file as data, and what it says about real answers. */
final class OpenApiFile {
    private static final String PLACE = "https://scrip.invalid/openapi";

    private final JsonNode root;
    private final SchemaRegistry registry;

    OpenApiFile() {
        try (InputStream in = OpenApiFile.class.getResourceAsStream("/io/scrip/gateway/openapi.yaml")) {
            root = new YAMLMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String json = new ObjectMapper().writeValueAsString(root);
        registry = SchemaRegistry.withDefaultDialect(
                Dialects.getDraft202012(), builder -> builder.schemas(Map.of(PLACE, json)));
    }

    JsonNode root() {
        return root;
    }

    /** Follows a reference inside the file. */
    JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asString(null);
        return reference == null ? node : root.at(reference.substring(1));
    }

    /** What an answer breaks of the file; empty when nothing. */
    List<String> faults(String method, String path, TestClient.Answer answer) {
        List<String> faults = new ArrayList<>();
        JsonNode operation = root.path("paths").path(path).path(method.toLowerCase(java.util.Locale.ROOT));
        if (operation.isMissingNode()) {
            return List.of("no such operation: " + method + " " + path);
        }
        JsonNode response = resolved(operation.path("responses").path(Integer.toString(answer.status())));
        if (response.isMissingNode()) {
            return List.of(method + " " + path + " has no status " + answer.status() + ": " + answer.body());
        }
        String type = answer.header("Content-Type").replaceAll(";.*", "");
        JsonNode content = response.path("content").path(type);
        if (content.isMissingNode()) {
            return List.of(method + " " + path + " " + answer.status() + " has no content " + type);
        }
        JsonNode schema = content.path("schema");
        if (type.endsWith("json")) {
            String name = schema.path("$ref").asString().substring("#/components/schemas/".length());
            for (String fault : faults(name, answer.body())) {
                faults.add(method + " " + path + " " + answer.status() + ": " + fault + " in " + answer.body());
            }
        }
        for (String header : new String[] {"Idempotent-Replayed", "Retry-After", "WWW-Authenticate", "RateLimit"}) {
            if (answer.header(header) != null
                    && response.path("headers").path(header).isMissingNode()) {
                faults.add(method + " " + path + " " + answer.status() + " has no header " + header);
            }
        }
        return faults;
    }

    /** What a JSON text breaks of a named schema. */
    List<String> faults(String schemaName, String json) {
        Schema schema = registry.getSchema(SchemaLocation.of(PLACE + "#/components/schemas/" + schemaName));
        List<String> faults = new ArrayList<>();
        for (Error error : schema.validate(new ObjectMapper().readTree(json))) {
            faults.add(error.toString());
        }
        return faults;
    }
}
