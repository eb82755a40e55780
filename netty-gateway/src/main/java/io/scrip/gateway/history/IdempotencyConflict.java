package io.scrip.gateway.history;

/** What to tell somebody who used an id again with other content. */
public final class IdempotencyConflict {

    private IdempotencyConflict() {}

    /**
     * The JSON name of the first field, in the order of the API's examples, in which a new command differs from the
     * one that was decided under the same id. Callers are not looked at: compare {@link StoredCommand#origin()} first,
     * because another caller must not learn which fields the first one sent.
     *
     * @return {@code "kind"} when they are not even the same operation, {@code null} when nothing differs or it
     *     cannot be told
     */
    public static String firstDifferingField(StoredCommand stored, StoredCommand sent) {
        if (stored instanceof StoredCommand.Transfer first && sent instanceof StoredCommand.Transfer second) {
            return between(first, second);
        }
        if (stored instanceof StoredCommand.Issue first && sent instanceof StoredCommand.Issue second) {
            return between(first, second);
        }
        if (stored instanceof StoredCommand.OpenWallet first && sent instanceof StoredCommand.OpenWallet second) {
            return first.owner().equals(second.owner()) ? null : "owner";
        }
        if (stored instanceof StoredCommand.RegisterToken first && sent instanceof StoredCommand.RegisterToken second) {
            return between(first, second);
        }
        if (stored instanceof StoredCommand.Other first && sent instanceof StoredCommand.Other second) {
            return first.templateId() == second.templateId() ? null : "kind";
        }
        return "kind";
    }

    private static String between(StoredCommand.Transfer stored, StoredCommand.Transfer sent) {
        if (stored.from() != sent.from()) {
            return "from";
        }
        if (stored.to() != sent.to()) {
            return "to";
        }
        if (stored.token() != sent.token()) {
            return "token";
        }
        if (stored.amount() != sent.amount()) {
            return "amount";
        }
        String field = betweenTexts(stored.reference(), sent.reference(), stored.metadata(), sent.metadata());
        if (field != null) {
            return field;
        }
        if (!stored.conditions().equals(sent.conditions())) {
            return "conditions";
        }
        if (stored.applyBefore() != sent.applyBefore()) {
            return "apply_before";
        }
        if (stored.dryRun() != sent.dryRun()) {
            return "dry_run";
        }
        if (stored.upTo() != sent.upTo()) {
            return "up_to";
        }
        if (stored.timeoutNs() != sent.timeoutNs()) {
            return "timeout_seconds";
        }
        if (stored.fromAccount() != sent.fromAccount()) {
            return "from_account";
        }
        if (stored.toAccount() != sent.toAccount()) {
            return "to_account";
        }
        return stored.kind() == sent.kind() ? null : "kind";
    }

    private static String between(StoredCommand.Issue stored, StoredCommand.Issue sent) {
        if (stored.to() != sent.to()) {
            return "to";
        }
        if (stored.token() != sent.token()) {
            return "token";
        }
        if (stored.amount() != sent.amount()) {
            return "amount";
        }
        String field = betweenTexts(stored.reference(), sent.reference(), stored.metadata(), sent.metadata());
        if (field != null) {
            return field;
        }
        return stored.terms().equals(sent.terms()) ? null : "terms";
    }

    private static String between(StoredCommand.RegisterToken stored, StoredCommand.RegisterToken sent) {
        if (stored.token() != sent.token()) {
            return "token";
        }
        if (stored.scale() != sent.scale()) {
            return "scale";
        }
        return stored.transferable() == sent.transferable() ? null : "transferable";
    }

    private static String betweenTexts(
            String storedReference, String sentReference, String storedMetadata, String sentMetadata) {
        if (!storedReference.equals(sentReference)) {
            return "reference";
        }
        return storedMetadata.equals(sentMetadata) ? null : "metadata";
    }
}
