package io.scrip.gateway.history;

import io.scrip.protocol.Comparison;
import io.scrip.protocol.LotCategory;
import io.scrip.protocol.Measure;
import io.scrip.protocol.Role;
import io.scrip.protocol.Side;
import io.scrip.protocol.TransferKind;
import java.util.List;

/**
 * A command as it came, taken out of its SBE message. Immutable.
 *
 * <p>Amounts are in the token's smallest unit, times in nanoseconds since 1970 UTC.
 */
public sealed interface StoredCommand {

    /** Who sent it and under which id. */
    Origin origin();

    /** The 128-bit id and the caller that every command begins with. */
    record Origin(long idHigh, long idLow, Role callerRole, long callerWallet) {
        /** Whether both commands came on the same authority. */
        public boolean hasSameCallerAs(Origin other) {
            return callerRole == other.callerRole && callerWallet == other.callerWallet;
        }
    }

    /** Value entered through {@code token}'s issuance account. */
    record Issue(Origin origin, long to, long token, long amount, Terms terms, String reference, String metadata)
            implements StoredCommand {}

    /** What travels with the value that was issued; see {@code LotTerms} in the schema. */
    record Terms(LotCategory category, int priority, long effectiveAt, long expiresAt, long convertibleFrom) {}

    /** Value moved between two wallets. {@code applyBefore} 0: no deadline; {@code timeoutNs} 0: posted at once. */
    record Transfer(
            Origin origin,
            long from,
            long to,
            long token,
            long amount,
            long applyBefore,
            boolean dryRun,
            boolean upTo,
            TransferKind kind,
            int fromAccount,
            int toAccount,
            long timeoutNs,
            List<Condition> conditions,
            String reference,
            String metadata)
            implements StoredCommand {
        public Transfer {
            conditions = List.copyOf(conditions);
        }
    }

    /** What has to hold for a transfer to be applied. */
    record Condition(Side side, Measure measure, Comparison comparison, long value) {}

    /** A wallet was asked for; the hash of the key made for it is not part of the content. */
    record OpenWallet(Origin origin, String owner) implements StoredCommand {}

    /** A token was registered. */
    record RegisterToken(Origin origin, long token, int scale, boolean transferable) implements StoredCommand {}

    /** Stands for no command: in the legs of a command but for its first, and in what happens by itself. */
    StoredCommand NONE = new None(new Origin(0, 0, Role.SYSTEM, 0));

    /** The type of {@link #NONE}. */
    record None(Origin origin) implements StoredCommand {}

    /** A command that has no answer in the HTTP API, known by its SBE template id only. */
    record Other(Origin origin, int templateId) implements StoredCommand {}
}
