package io.scrip.gateway.request;

import io.scrip.gateway.json.ProblemKind;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The body of {@code POST /wallets}: {@code {"owner":"agent:alice","id"?}}. One instance belongs to one thread. */
final class OpenWalletBody {
    static final int MAX_OWNER_BYTES = 128;

    private static final FieldTable FIELDS = FieldTable.of("owner", "id");
    private static final int OWNER = 0;
    private static final Pattern OWNER_FORM = Pattern.compile("[a-z][a-z0-9_-]*:[^\\p{Cntrl}\\s]+");

    private final JsonBody json;
    private String owner;
    private String id;

    OpenWalletBody(JsonBody json) {
        this.json = json;
    }

    void read(byte[] body, int length) {
        json.read(body, length, false, () -> {
            owner = null;
            id = null;
            long seen = 0;
            for (int field = json.nextField(FIELDS, seen);
                    field != JsonBody.END;
                    field = json.nextField(FIELDS, seen)) {
                seen |= 1L << field;
                if (field == OWNER) {
                    owner = requireOwner(json.text("owner"));
                } else {
                    id = json.text("id");
                }
            }
            if (owner == null) {
                throw JsonBody.missing("owner");
            }
            return null;
        });
    }

    String owner() {
        return owner;
    }

    String id() {
        return id;
    }

    private static String requireOwner(String text) {
        boolean fits = text.getBytes(StandardCharsets.UTF_8).length <= MAX_OWNER_BYTES;
        if (!fits || !OWNER_FORM.matcher(text).matches()) {
            throw new RequestFault(
                    ProblemKind.INVALID_VALUE,
                    "owner",
                    "An owner is kind:name, such as agent:alice: at most 128 bytes, no spaces, a lower-case kind.");
        }
        return text;
    }
}
