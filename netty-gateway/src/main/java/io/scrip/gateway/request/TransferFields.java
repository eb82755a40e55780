package io.scrip.gateway.request;

import io.scrip.gateway.json.ProblemKind;
import io.scrip.gateway.json.Timestamps;
import io.scrip.gateway.json.TokenCodes;
import io.scrip.gateway.json.WalletIds;
import java.nio.charset.StandardCharsets;

/**
 * The members of a body that moves value, as they were read. One instance belongs to one thread and is reused; the
 * same class serves a transfer, an item of a batch and an issue, which differ in their {@link FieldTable}.
 */
final class TransferFields {
    static final int MAX_REFERENCE_BYTES = 128;

    private static final int MAX_ID_LENGTH = 64;

    String id;
    long from;
    long to;
    long token;
    String amount;
    byte[] reference;
    long applyBeforeNs;
    boolean dryRun;
    boolean linked;
    final Conditions conditions = new Conditions();
    final Metadata metadata = new Metadata();
    final Terms terms = new Terms();

    /** What a member means; a table lists those that a body may have. */
    enum Member {
        ID("id"),
        FROM("from"),
        TO("to"),
        TOKEN("token"),
        AMOUNT("amount"),
        REFERENCE("reference"),
        METADATA("metadata"),
        CONDITIONS("conditions"),
        APPLY_BEFORE("apply_before"),
        DRY_RUN("dry_run"),
        LINKED("linked"),
        TERMS(Terms.FIELD);

        private final String text;

        Member(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /** The members of one kind of body, and which of them must be there. */
    static final class Shape {
        private final Member[] members;
        private final FieldTable table;
        private final long required;

        Shape(long requiredCount, Member... members) {
            this.members = members.clone();
            String[] names = new String[members.length];
            for (int i = 0; i < members.length; i++) {
                names[i] = members[i].text();
            }
            table = FieldTable.of(names);
            required = (1L << requiredCount) - 1;
        }
    }

    /** Reads the members of the object that has just been entered. */
    void read(JsonBody json, Shape shape) {
        clear();
        long seen = 0;
        for (int field = json.nextField(shape.table, seen);
                field != JsonBody.END;
                field = json.nextField(shape.table, seen)) {
            seen |= 1L << field;
            readMember(json, shape.members[field]);
        }
        long absent = shape.required & ~seen;
        if (absent != 0) {
            throw JsonBody.missing(shape.table.name(Long.numberOfTrailingZeros(absent)));
        }
    }

    private void clear() {
        id = null;
        from = WalletIds.NONE;
        to = WalletIds.NONE;
        token = TokenCodes.NONE;
        amount = null;
        reference = null;
        applyBeforeNs = 0;
        dryRun = false;
        linked = false;
        conditions.clear();
        metadata.clear();
        terms.clear();
    }

    private void readMember(JsonBody json, Member member) {
        String field = member.text();
        switch (member) {
            case ID -> id = requireLength(field, json.text(field), MAX_ID_LENGTH);
            case FROM -> from = wallet(field, json.text(field));
            case TO -> to = wallet(field, json.text(field));
            case TOKEN -> token = token(field, json.text(field));
            case AMOUNT -> amount = json.amount(field);
            case REFERENCE -> reference = reference(field, json.optionalText(field));
            case METADATA -> metadata.read(json);
            case CONDITIONS -> conditions.read(json);
            case APPLY_BEFORE -> applyBeforeNs = time(field, json.optionalText(field));
            case DRY_RUN -> dryRun = json.bool(field);
            case LINKED -> linked = json.bool(field);
            case TERMS -> terms.read(json);
        }
    }

    private static long wallet(String field, String text) {
        if (!WalletIds.isWellFormed(text)) {
            throw new RequestFault(
                    ProblemKind.INVALID_VALUE, field, "A wallet id is w_ and 13 characters, as the ledger gave it.");
        }
        return WalletIds.decode(text);
    }

    private static long token(String field, String text) {
        long code = TokenCodes.parse(text);
        if (code == TokenCodes.NONE) {
            throw new RequestFault(
                    ProblemKind.INVALID_VALUE, field, "A token code is 1 to 8 capital letters and digits.");
        }
        return code;
    }

    private static long time(String field, String text) {
        if (text == null) {
            return 0;
        }
        long ns = Timestamps.parse(text);
        if (ns == Timestamps.INVALID) {
            throw new RequestFault(
                    ProblemKind.INVALID_VALUE, field, "A time is RFC 3339 in UTC, such as 2026-11-21T09:30:00.5Z.");
        }
        return ns;
    }

    private static byte[] reference(String field, String text) {
        if (text == null) {
            return null;
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                throw new RequestFault(ProblemKind.INVALID_VALUE, field, "The text must not hold control characters.");
            }
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_REFERENCE_BYTES) {
            throw new RequestFault(ProblemKind.INVALID_VALUE, field, "The text may have at most 128 bytes of UTF-8.");
        }
        return bytes;
    }

    private static String requireLength(String field, String text, int maxLength) {
        if (text.length() > maxLength) {
            throw new RequestFault(
                    ProblemKind.INVALID_VALUE, field, "The text may have at most " + maxLength + " characters.");
        }
        return text;
    }
}
