package io.scrip.tools.load;

import io.scrip.gateway.json.WalletIds;
import java.nio.charset.StandardCharsets;

/** The wallets of a load as the bytes that requests need. Filled by one thread, read by many afterwards. */
public final class Wallets {
    private final byte[][] ids;
    private final byte[][] keys;
    /** null where they were given one by one. */
    private final Derivation derivation;

    private final int count;

    /** Ids and keys that follow from an index, for more wallets than anybody wants to keep; any thread may ask. */
    public interface Derivation {
        /** The ledger's number of it. */
        long number(int index);

        /** The wallet's own key. */
        String key(int index);
    }

    Wallets(int count) {
        this.count = count;
        ids = new byte[count][];
        keys = new byte[count][];
        derivation = null;
    }

    private Wallets(int count, Derivation derivation) {
        this.count = count;
        this.derivation = derivation;
        ids = null;
        keys = null;
    }

    /** Wallets that were opened earlier, none of which is kept here. */
    public static Wallets derived(int count, Derivation derivation) {
        return new Wallets(count, derivation);
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
        return count;
    }

    byte[] id(int index) {
        return derivation == null ? ids[index] : idText(index).getBytes(StandardCharsets.US_ASCII);
    }

    byte[] key(int index) {
        return derivation == null ? keys[index] : derivation.key(index).getBytes(StandardCharsets.US_ASCII);
    }

    long number(int index) {
        return derivation == null ? WalletIds.parse(idText(index)) : derivation.number(index);
    }

    /** The public id, w_…. */
    public String idText(int index) {
        return derivation == null ? new String(ids[index], StandardCharsets.US_ASCII) : WalletIds.toText(number(index));
    }

    /** The wallet's own key. */
    public String keyText(int index) {
        return derivation == null ? new String(keys[index], StandardCharsets.US_ASCII) : derivation.key(index);
    }
}
