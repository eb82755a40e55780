package io.scrip.gateway.history;

import io.scrip.gateway.http.FailedCondition;
import io.scrip.gateway.json.JsonOut;
import io.scrip.gateway.json.OutcomeProblem;
import io.scrip.gateway.json.OutcomeStatus;
import io.scrip.gateway.json.TokenCodes;
import io.scrip.gateway.json.TokenScales;
import io.scrip.gateway.json.TransferJson;
import io.scrip.gateway.json.Viewer;
import io.scrip.protocol.Comparison;
import io.scrip.protocol.IssueDecoder;
import io.scrip.protocol.LotCategory;
import io.scrip.protocol.Measure;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.Role;
import io.scrip.protocol.Side;
import io.scrip.protocol.TransferDecoder;
import io.scrip.protocol.TransferKind;
import java.util.List;

/**
 * A command as it came, taken out of its SBE message. Immutable. What moves nothing is a {@link QuietCommand}; what
 * {@code GET /transfers/{id}} knows is a {@link MovingCommand}. A new kind is a record of its own and one
 * {@link CommandKind} in its family's table.
 *
 * <p>Amounts are in the token's smallest unit, times in nanoseconds since 1970 UTC.
 */
public interface StoredCommand {

    /** Where value enters from. */
    long PLATFORM_WALLET = 1;

    /** Who sent it and under which id. */
    Origin origin();

    /** Template id of its SBE message. */
    int templateId();

    /**
     * What its client chose, in the order of the API's examples: what tells it from another command under its id. Two
     * commands of one kind list the same names.
     */
    List<Field> content();

    /** The token in which the numbers of a refusal are amounts; {@link TokenCodes#NONE} when the command names none. */
    default long token() {
        return TokenCodes.NONE;
    }

    /** What an outcome is called towards the sender: somebody without authority must not learn from it. */
    default Outcome visible(Outcome outcome) {
        return outcome;
    }

    /** The same for a whole decision, where its outcome alone does not tell what its sender may know. */
    default Outcome visible(StoredDecision decision) {
        return visible(decision.outcome());
    }

    /** In which scale the numbers of a refusal read; {@code tokenScale} unless they are no amounts. */
    default int scaleOfNumbers(StoredDecision refusal, int tokenScale) {
        return tokenScale;
    }

    /** One thing that a client chose, by its JSON name; equal values are the same choice. */
    record Field(String name, Object value) {}

    /** The 128-bit id and the caller that every command begins with. */
    record Origin(long idHigh, long idLow, Role callerRole, long callerWallet) {
        /** Whether the viewer sent it. */
        public boolean isOf(Viewer viewer) {
            return callerRole == viewer.role() && callerWallet == viewer.wallet();
        }

        /** Whether both commands came on the same authority. */
        public boolean hasSameCallerAs(Origin other) {
            return callerRole == other.callerRole && callerWallet == other.callerWallet;
        }
    }

    /** Value entered through {@code token}'s issuance account. */
    record Issue(Origin origin, long to, long token, long amount, Terms terms, String reference, String metadata)
            implements MovingCommand {
        @Override
        public int templateId() {
            return IssueDecoder.TEMPLATE_ID;
        }

        @Override
        public List<Field> content() {
            return List.of(
                    new Field("to", to),
                    new Field("token", token),
                    new Field("amount", amount),
                    new Field("reference", reference),
                    new Field("metadata", metadata),
                    new Field("terms", terms));
        }

        @Override
        public void writeRefused(JsonOut json, StoredDecision decision, TokenScales scales) {
            new TransferJson()
                    .clear()
                    .id(decision.idHigh(), decision.idLow())
                    .status(TransferJson.Status.REFUSED)
                    .kind(TransferJson.Kind.ISSUE)
                    .parties(PLATFORM_WALLET, to)
                    .token(token, scales.scaleOf(token))
                    .amount(amount, 0)
                    .decidedAt(decision.sequence(), decision.timestampNs())
                    .texts(reference, metadata)
                    .writeMembers(json);
        }
    }

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
            implements MovingCommand {
        public Transfer {
            conditions = List.copyOf(conditions);
        }

        @Override
        public int templateId() {
            return TransferDecoder.TEMPLATE_ID;
        }

        @Override
        public List<Field> content() {
            return List.of(
                    new Field("from", from),
                    new Field("to", to),
                    new Field("token", token),
                    new Field("amount", amount),
                    new Field("reference", reference),
                    new Field("metadata", metadata),
                    new Field("conditions", conditions),
                    new Field("apply_before", applyBefore),
                    new Field("dry_run", dryRun),
                    new Field("up_to", upTo),
                    new Field("timeout_seconds", timeoutNs),
                    new Field("from_account", fromAccount),
                    new Field("to_account", toAccount),
                    new Field("kind", kind));
        }

        @Override
        public void writeRefused(JsonOut json, StoredDecision decision, TokenScales scales) {
            new TransferJson()
                    .clear()
                    .id(decision.idHigh(), decision.idLow())
                    .status(TransferJson.Status.REFUSED)
                    .kind(timeoutNs == 0 ? TransferJson.Kind.TRANSFER : TransferJson.Kind.HOLD)
                    .parties(from, to)
                    .accounts(fromAccount, toAccount)
                    .feeKind(kind)
                    .token(token, scales.scaleOf(token))
                    .amount(amount, 0)
                    .decidedAt(decision.sequence(), decision.timestampNs())
                    .texts(reference, metadata)
                    .writeMembers(json);
        }

        @Override
        public Outcome visible(Outcome outcome) {
            return OutcomeStatus.visible(outcome, origin.callerWallet() == from);
        }

        @Override
        public int scaleOfNumbers(StoredDecision refusal, int tokenScale) {
            if (refusal.outcome() != Outcome.CONDITION_FAILED) {
                return tokenScale;
            }
            for (Condition condition : conditions) {
                if (condition.failed(refusal.available(), refusal.limitValue())) {
                    return condition.measure() == Measure.VERSION ? OutcomeProblem.PLAIN_NUMBERS : tokenScale;
                }
            }
            return tokenScale;
        }
    }

    /** What has to hold for a transfer to be applied. */
    record Condition(Side side, Measure measure, Comparison comparison, long value) {
        /** Whether this is the condition that asked for {@code wanted} and found {@code actual}. */
        boolean failed(long actual, long wanted) {
            return FailedCondition.failed(comparison, value, actual, wanted);
        }
    }

    /**
     * A command that has no answer in the HTTP API, known by its SBE template id only; 0: no command, as in the legs of
     * a command but for its first, and in what happens by itself.
     */
    record Other(Origin origin, int templateId) implements StoredCommand {
        @Override
        public List<Field> content() {
            return List.of();
        }
    }
}
