package io.scrip.gateway.auth;

import io.scrip.engine.KeyDirectory;
import io.scrip.gateway.json.Viewer;
import io.scrip.gateway.json.WalletIds;
import java.security.MessageDigest;

/**
 * Finds out whose key a connection sends. One instance belongs to one connection: it remembers the hash of the last
 * header, so that a kept-alive connection does not hash each time, and still asks the directory each time, so that a
 * key that is taken away stops working at once.
 */
public final class Authenticator {
    private static final String SCHEME = "Bearer ";

    private final KeyDirectory directory;
    private MessageDigest sha256;
    private String lastHeader;
    private long lastWallet;
    private ApiKey.Hash lastHash;
    private Viewer lastViewer;

    public Authenticator(KeyDirectory directory) {
        this.directory = directory;
    }

    /** Who sends this {@code Authorization} header; {@code null} when nobody that is known, or there is none. */
    public Viewer viewerOf(String header) {
        if (header == null) {
            return null;
        }
        if (!header.equals(lastHeader) && !learn(header)) {
            return null;
        }
        boolean live = lastWallet == WalletIds.NONE
                ? directory.isOperatorKey(lastHash.high(), lastHash.low())
                : directory.isWalletKey(lastWallet, lastHash.high(), lastHash.low());
        return live ? lastViewer : null;
    }

    private boolean learn(String header) {
        int keyLength = header.length() - SCHEME.length();
        if (keyLength < 1
                || keyLength > ApiKey.MAX_LENGTH
                || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        String key = header.substring(SCHEME.length());
        if (sha256 == null) {
            sha256 = ApiKey.sha256();
        }
        lastHeader = header;
        lastWallet = ApiKey.walletOf(key);
        lastHash = ApiKey.hash(lastWallet == WalletIds.NONE ? key : ApiKey.secretOf(key), sha256);
        lastViewer = lastWallet == WalletIds.NONE ? Viewer.OPERATOR : Viewer.ofWallet(lastWallet);
        return true;
    }
}
