package io.scrip.tools.inspect;

import io.scrip.gateway.json.Timestamps;
import io.scrip.gateway.json.TokenCodes;
import io.scrip.gateway.json.WalletIds;
import java.util.Locale;

/** How numbers of the format are shown to people, in every command the same. */
final class InspectText {
    private InspectText() {}

    static String token(long code) {
        return code == TokenCodes.NONE ? "-" : TokenCodes.toText(code);
    }

    static String wallet(long number) {
        return number == WalletIds.NONE ? "-" : WalletIds.toText(number);
    }

    /** Before 1970, which no command that was applied can say, as a number. */
    static String time(long ns) {
        return ns == 0 ? "-" : ns < 0 ? ns + " ns" : Timestamps.toText(ns);
    }

    static String hash(long stateHash) {
        return String.format(Locale.ROOT, "%016x", stateHash);
    }
}
