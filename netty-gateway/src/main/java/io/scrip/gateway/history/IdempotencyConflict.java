package io.scrip.gateway.history;

import java.util.List;

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
        if (stored.templateId() != sent.templateId()) {
            return "kind";
        }
        List<StoredCommand.Field> first = stored.content();
        List<StoredCommand.Field> second = sent.content();
        for (int i = 0; i < first.size(); i++) {
            if (!first.get(i).equals(second.get(i))) {
                return first.get(i).name();
            }
        }
        return null;
    }
}
