package io.scrip.tools.load;

import java.nio.charset.StandardCharsets;

/** The wallets of a load as the bytes that requests need. Filled by one thread, read by many afterwards. */
public final class Wallets {
    private final byte[][] ids;
    private final byte[][] keys;

    Wallets(int count) {
        ids = new byte[count][];
        keys = new byte[count][];
    }

    /** Wallets that were opened earlier, by their ids and keys. */
    public static Wallets of(String[] ids, String[] keys) {
        Wallets wallets = new Wallets(ids.length);
        for (int i = 0; i < ids.length; i++) {
            wallets.set(i, ids[i], keys[i]);
        }
        return wallets;
    }

    void set(int index, String id, String key) {
        ids[index] = id.getBytes(StandardCharsets.US_ASCII);
        keys[index] = key.getBytes(StandardCharsets.US_ASCII);
    }

    public int size() {
        return ids.length;
    }

    byte[] id(int index) {
        return ids[index];
    }

    byte[] key(int index) {
        return keys[index];
    }

    /** The public id, w_…. */
    public String idText(int index) {
        return new String(ids[index], StandardCharsets.US_ASCII);
    }

    /** The wallet's own key. */
    public String keyText(int index) {
        return new String(keys[index], StandardCharsets.US_ASCII);
    }
}
