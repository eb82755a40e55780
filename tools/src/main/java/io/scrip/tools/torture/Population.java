package io.scrip.tools.torture;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/** The wallets of the test: index, public id, key. Immutable once opened. */
final class Population {
    private final String[] ids;
    private final String[] keys;
    private final Map<String, Integer> indexOfId = new HashMap<>();

    private Population(String[] ids, String[] keys) {
        this.ids = ids;
        this.keys = keys;
        for (int index = 0; index < ids.length; index++) {
            if (indexOfId.put(ids[index], index) != null) {
                throw new IllegalStateException("two wallets have the id " + ids[index]);
            }
        }
    }

    /** Takes wallets that were opened earlier. */
    static Population of(String[] ids, String[] keys) {
        return new Population(ids.clone(), keys.clone());
    }

    /** Opens wallets for owners {@code agent:<prefix>-<index>}. */
    static Population open(InetSocketAddress server, String operatorKey, String prefix, int count, int connections)
            throws IOException, InterruptedException {
        String[] ids = new String[count];
        String[] keys = new String[count];
        Parallel.forEach(count, server, connections, (connection, index) -> {
            String body = "{\"owner\":\"agent:" + prefix + "-" + index + "\"}";
            Answer answer = connection.post("/api/v1/wallets", operatorKey, body);
            if (answer.status() != 201) {
                throw new IOException("opening a wallet was answered " + answer.status() + ": " + answer.shortened());
            }
            ids[index] = answer.text("wallet_id");
            keys[index] = answer.text("api_key");
        });
        return new Population(ids, keys);
    }

    int size() {
        return ids.length;
    }

    String id(int index) {
        return ids[index];
    }

    String key(int index) {
        return keys[index];
    }

    /** Of a public id; every wallet that is not the test's is the one money comes from. */
    int indexOf(String id) {
        return indexOfId.getOrDefault(id, Attempt.ISSUANCE);
    }
}
