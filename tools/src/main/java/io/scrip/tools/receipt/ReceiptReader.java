package io.scrip.tools.receipt;

import io.scrip.proof.AccountTotals;
import io.scrip.proof.Leaf;
import io.scrip.proof.OpenedLeaf;
import io.scrip.proof.Opening;
import io.scrip.proof.Proof;
import io.scrip.proof.RefusalNumbers;
import io.scrip.proof.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads receipts, and nothing that is only nearly one. Stateless. */
final class ReceiptReader {
    private static final int HASH_BYTES = 32;
    private static final int SIGNATURE_BYTES = 64;
    private static final int MAX_RECORDS = 1_024;
    private static final int MAX_PATH = 64;
    private static final int MAX_U8 = 255;
    private static final int MAX_U16 = 65_535;
    private static final int MAX_SCALE = 18;
    private static final int MAX_DEPTH = 8;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * A receipt as it was written.
     *
     * @param says what stands beside each record for people
     */
    record Receipt(List<Proof> records, List<String> says) {}

    private ReceiptReader() {}

    static Receipt read(byte[] text) throws NotAReceipt {
        JsonNode root;
        try {
            root = MAPPER.readTree(text);
        } catch (JacksonException malformed) {
            throw new NotAReceipt("it is no JSON: " + malformed.getOriginalMessage(), malformed);
        }
        Fields receipt = new Fields(root, "$");
        if (!receipt.text("format").equals(ReceiptJson.FORMAT)) {
            throw new NotAReceipt("its format is not " + ReceiptJson.FORMAT);
        }
        byte[] publicKey = receipt.hex("public_key", HASH_BYTES);
        JsonNode array = receipt.array("records");
        receipt.end();
        if (array.isEmpty() || array.size() > MAX_RECORDS) {
            throw new NotAReceipt("it has " + array.size() + " records");
        }
        List<Proof> records = new ArrayList<>();
        List<String> says = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            Fields record = new Fields(array.get(i), "$.records[" + i + "]");
            says.add(record.text("says"));
            Leaf leaf = leaf(record.object("leaf"));
            OpenedLeaf opened = opened(leaf, record.object("opened"));
            records.add(
                    new Proof(opened, path(record.array("path")), statement(record.object("statement")), publicKey));
            record.end();
        }
        return new Receipt(records, says);
    }

    private static Leaf leaf(Fields fields) throws NotAReceipt {
        String type = fields.text("type");
        if (!type.equals("leg") && !type.equals("decision")) {
            throw new NotAReceipt("its type is neither leg nor decision");
        }
        UUID id = fields.uuid("id");
        UUID hold = fields.uuid("hold_id");
        Leaf leaf = new Leaf(
                fields.number("event_sequence"),
                fields.number("sequence"),
                fields.number("timestamp_ns"),
                id.getMostSignificantBits(),
                id.getLeastSignificantBits(),
                type.equals("leg"),
                fields.small("outcome", MAX_U8),
                fields.small("kind", MAX_U8),
                fields.small("leg", MAX_U8),
                fields.small("legs", MAX_U8),
                fields.small("scale", MAX_SCALE),
                fields.small("fee_payer", MAX_U8),
                fields.number("token"),
                fields.number("amount"),
                fields.number("fee"),
                fields.number("from"),
                fields.number("to"),
                fields.small("from_account", MAX_U16),
                fields.small("to_account", MAX_U16),
                fields.number("expires_at_ns"),
                hold.getMostSignificantBits(),
                hold.getLeastSignificantBits(),
                fields.hex("first", HASH_BYTES),
                fields.hex("second", HASH_BYTES),
                fields.hex("third", HASH_BYTES));
        fields.end();
        return leaf;
    }

    private static OpenedLeaf opened(Leaf leaf, Fields fields) throws NotAReceipt {
        OpenedLeaf opened = new OpenedLeaf(
                leaf,
                totals(fields.objectOrNull("from")),
                totals(fields.objectOrNull("to")),
                numbers(fields.objectOrNull("numbers")),
                texts(fields.objectOrNull("texts")));
        fields.end();
        return opened;
    }

    private static Opening<AccountTotals> totals(Fields fields) throws NotAReceipt {
        if (fields == null) {
            return null;
        }
        byte[] salt = fields.hex("salt", HASH_BYTES);
        AccountTotals totals = new AccountTotals(
                fields.number("debits_posted"),
                fields.number("credits_posted"),
                fields.number("debits_pending"),
                fields.number("credits_pending"),
                fields.number("floor"),
                fields.number("ceiling"),
                fields.number("version"),
                fields.number("staked"),
                fields.number("withheld"));
        fields.end();
        return new Opening<>(totals, salt);
    }

    private static Opening<RefusalNumbers> numbers(Fields fields) throws NotAReceipt {
        if (fields == null) {
            return null;
        }
        byte[] salt = fields.hex("salt", HASH_BYTES);
        RefusalNumbers numbers =
                new RefusalNumbers(fields.number("needed"), fields.number("available"), fields.number("limit"));
        fields.end();
        return new Opening<>(numbers, salt);
    }

    private static Opening<Opening.Texts> texts(Fields fields) throws NotAReceipt {
        if (fields == null) {
            return null;
        }
        byte[] salt = fields.hex("salt", HASH_BYTES);
        Opening.Texts texts = new Opening.Texts(fields.text("reference"), fields.text("metadata"));
        fields.end();
        return new Opening<>(texts, salt);
    }

    private static List<byte[]> path(JsonNode array) throws NotAReceipt {
        if (array.size() > MAX_PATH) {
            throw new NotAReceipt("its path is longer than any");
        }
        List<byte[]> path = new ArrayList<>();
        for (JsonNode hash : array) {
            path.add(Fields.hex(hash.isString() ? hash.stringValue() : "", HASH_BYTES, "a hash of the path"));
        }
        return path;
    }

    private static Statement statement(Fields fields) throws NotAReceipt {
        Statement statement = new Statement(
                fields.number("number"),
                fields.number("first_event"),
                fields.number("last_event"),
                fields.hex("root", HASH_BYTES),
                fields.hex("previous_hash", HASH_BYTES),
                fields.hex("signature", SIGNATURE_BYTES));
        fields.end();
        return statement;
    }
}
