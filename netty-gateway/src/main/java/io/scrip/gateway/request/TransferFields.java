package io.scrip.gateway.request;

import io.scrip.gateway.json.Amounts;
import io.scrip.gateway.json.FeeKinds;
import io.scrip.gateway.json.ProblemKind;
import io.scrip.gateway.json.Timestamps;
import io.scrip.gateway.json.TokenCodes;
import io.scrip.gateway.json.WalletIds;
import io.scrip.protocol.TransferKind;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import tools.jackson.core.JsonToken;

/**
 * The members of a body that moves value, as they were read. One instance belongs to one thread and is reused; the
 * same class serves a transfer, an item of a batch and an issue, which differ in their {@link FieldTable}.
 */
final class TransferFields {
    static final int MAX_REFERENCE_BYTES = 128;

    private static final int MAX_ACCOUNT = 65_534;
    private static final int NANOSECOND_DECIMALS = 9;
    private static final byte[] NO_BYTES = new byte[0];

    private static final int MAX_ID_LENGTH = 64;

    /** The members that were there. */
    private final EnumSet<Member> seen = EnumSet.noneOf(Member.class);

    String id;
    long from;
    long to;
    long token;
    String amount;
    byte[] reference;
    long applyBeforeNs;
    boolean dryRun;
    boolean linked;
    boolean upTo;
    TransferKind kind;
    int fromAccount;
    int toAccount;
    long timeoutNs;
    String holdId;
    boolean isFinal;
    byte[] reason;
    String type;
    final Legs legs = new Legs();
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
        UP_TO("up_to"),
        KIND("kind"),
        FROM_ACCOUNT("from_account"),
        TO_ACCOUNT("to_account"),
        TIMEOUT("timeout_seconds"),
        LEGS("legs"),
        TYPE("type"),
        HOLD_ID("hold_id"),
        FINAL("final"),
        REASON("reason"),
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
        private final EnumSet<Member> allowed = EnumSet.noneOf(Member.class);
        private final EnumSet<Member> required = EnumSet.noneOf(Member.class);

        /** A body with these members, the first {@code requiredCount} of which must be there. */
        Shape(int requiredCount, Member... members) {
            this.members = members.clone();
            String[] names = new String[members.length];
            for (int i = 0; i < members.length; i++) {
                names[i] = members[i].text();
                allowed.add(members[i]);
                if (i < requiredCount) {
                    required.add(members[i]);
                }
            }
            table = FieldTable.of(names);
        }
    }

    /** Reads the members of the object that has just been entered. */
    void read(JsonBody json, Shape shape) {
        readAny(json, shape);
        require(shape);
    }

    /** Reads the members; which of them must be there is for {@link #require} to say. */
    void readAny(JsonBody json, Shape shape) {
        clear();
        long read = 0;
        for (int field = json.nextField(shape.table, read);
                field != JsonBody.END;
                field = json.nextField(shape.table, read)) {
            read |= 1L << field;
            seen.add(shape.members[field]);
            readMember(json, shape.members[field]);
        }
    }

    /** Refuses what has been read unless it is of that shape. */
    void require(Shape shape) {
        if (shape.allowed.containsAll(seen) && seen.containsAll(shape.required)) {
            return;
        }
        for (Member member : seen) {
            if (!shape.allowed.contains(member)) {
                throw new RequestFault(
                        ProblemKind.UNKNOWN_FIELD, member.text(), "The request has a field that is not known here.");
            }
        }
        for (Member member : shape.members) {
            if (shape.required.contains(member) && !seen.contains(member)) {
                throw JsonBody.missing(member.text());
            }
        }
    }

    boolean has(Member member) {
        return seen.contains(member);
    }

    byte[] referenceBytes() {
        return reference == null ? NO_BYTES : reference;
    }

    byte[] reasonBytes() {
        return reason == null ? NO_BYTES : reason;
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
        upTo = false;
        kind = TransferKind.PLAIN;
        fromAccount = 0;
        toAccount = 0;
        timeoutNs = 0;
        holdId = null;
        isFinal = false;
        reason = null;
        type = null;
        seen.clear();
        legs.clear();
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
            case UP_TO -> upTo = json.bool(field);
            case KIND -> kind = kind(field, json.text(field));
            case FROM_ACCOUNT -> fromAccount = account(json, field);
            case TO_ACCOUNT -> toAccount = account(json, field);
            case TIMEOUT -> timeoutNs = timeout(json, field);
            case LEGS -> legs.read(json);
            case TYPE -> type = json.text(field);
            case HOLD_ID -> holdId = requireLength(field, json.text(field), MAX_ID_LENGTH);
            case FINAL -> isFinal = json.bool(field);
            case REASON -> reason = reference(field, json.optionalText(field));
            case TERMS -> terms.read(json);
        }
    }

    static long wallet(String field, String text) {
        if (!WalletIds.isWellFormed(text)) {
            throw new RequestFault(
                    ProblemKind.INVALID_VALUE, field, "A wallet id is w_ and 13 characters, as the ledger gave it.");
        }
        return WalletIds.decode(text);
    }

    static long token(String field, String text) {
        long code = TokenCodes.parse(text);
        if (code == TokenCodes.NONE) {
            throw new RequestFault(
                    ProblemKind.INVALID_VALUE, field, "A token code is 1 to 8 capital letters and digits.");
        }
        return code;
    }

    /** The code of one of a wallet's accounts; 0 is the main one. */
    static int account(JsonBody json, String field) {
        if (json.next() != JsonToken.VALUE_NUMBER_INT) {
            throw JsonBody.wrongType(field, "an integer");
        }
        long code = json.currentInteger(field);
        if (code < 0 || code > MAX_ACCOUNT) {
            throw RequestContext.invalid(field, "The code of an account is a number from 0 to 65,534.");
        }
        return (int) code;
    }

    private static TransferKind kind(String field, String text) {
        TransferKind kind = FeeKinds.parse(text);
        if (kind == null) {
            throw RequestContext.invalid(field, "A kind is plain, credit, marketplace, tip or service.");
        }
        return kind;
    }

    /** Seconds as a decimal string, exact to the nanosecond, or as an integer. */
    private static long timeout(JsonBody json, String field) {
        JsonToken token = json.next();
        if (token == JsonToken.VALUE_NUMBER_FLOAT) {
            throw JsonBody.wrongType(field, "an integer, or a decimal string such as \"0.5\"");
        }
        if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_STRING) {
            throw JsonBody.wrongType(field, "seconds: an integer or a decimal string");
        }
        long ns = Amounts.parse(json.currentText(), NANOSECOND_DECIMALS);
        if (ns <= 0) {
            throw RequestContext.invalid(
                    field,
                    "A timeout is more than zero seconds, with at most nine decimals, and no more than 366 days.");
        }
        return ns;
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
