package io.scrip.gateway.json;

import io.scrip.protocol.TransferKind;
import java.util.Locale;

/** The kinds of transfers by which fees differ, as the API calls them. */
public final class FeeKinds {
    private FeeKinds() {}

    /** The kind's name in JSON. */
    public static String nameOf(TransferKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** The kind of that name, {@code null} when there is none. */
    public static TransferKind parse(String name) {
        return switch (name) {
            case "plain" -> TransferKind.PLAIN;
            case "credit" -> TransferKind.CREDIT;
            case "marketplace" -> TransferKind.MARKETPLACE;
            case "tip" -> TransferKind.TIP;
            case "service" -> TransferKind.SERVICE;
            default -> null;
        };
    }
}
