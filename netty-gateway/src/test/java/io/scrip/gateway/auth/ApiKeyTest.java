package io.scrip.gateway.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.scrip.engine.KeyDirectory;
import io.scrip.gateway.json.Viewer;
import io.scrip.gateway.json.WalletIds;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ApiKeyTest {
    /** SHA-256("abc") begins with these 16 bytes: FIPS 180-2, appendix B.1. */
    @Test
    void hashesAsTheCoreExpects() {
        ApiKey.Hash hash = ApiKey.hash("abc");
        assertEquals(0xba7816bf8f01cfeaL, hash.high());
        assertEquals(0x414140de5dae2223L, hash.low());
    }

    @Test
    void carriesTheWalletInTheKey() {
        String secret = ApiKey.newSecret();
        String key = ApiKey.walletKey(77, secret);
        assertEquals(43, secret.length());
        assertTrue(key.matches("sk_w_[0-9a-z]{13}_[A-Za-z0-9_-]{43}"), key);
        assertEquals(77, ApiKey.walletOf(key));
        assertNotEquals(secret, ApiKey.newSecret());
        assertEquals(WalletIds.NONE, ApiKey.walletOf(ApiKey.OPERATOR_PREFIX + secret));
    }

    @Test
    void knowsKeysInTheirBytesAndNoOthers() {
        String operatorKey = ApiKey.OPERATOR_PREFIX + ApiKey.newSecret();
        ApiKey.Hash operator = ApiKey.hash(operatorKey);
        String secret = ApiKey.newSecret();
        ApiKey.Hash hash = ApiKey.hash(secret);
        Authenticator authenticator = new Authenticator(new KeyDirectory() {
            @Override
            public boolean isWalletKey(long wallet, long high, long low) {
                return wallet == 77 && high == hash.high() && low == hash.low();
            }

            @Override
            public boolean isOperatorKey(long high, long low) {
                return high == operator.high() && low == operator.low();
            }
        });
        String walletKey = ApiKey.walletKey(77, secret);
        for (String header : new String[] {"Bearer " + walletKey, "bEARER " + walletKey}) {
            assertEquals(Viewer.ofWallet(77), inBytes(authenticator, header));
            assertEquals(Viewer.ofWallet(77), authenticator.viewerOf(header));
        }
        assertEquals(Viewer.OPERATOR, inBytes(authenticator, "Bearer " + operatorKey));
        for (String header : new String[] {
            "",
            "Bearer",
            "Bearer ",
            "Basic " + walletKey,
            "Bearer  " + walletKey,
            "Bearer " + walletKey + "x",
            "Bearer " + walletKey.substring(1),
            "Bearer " + secret,
            "Bearer " + "x".repeat(129),
            "Bearer " + "x".repeat(9_000)
        }) {
            assertNull(inBytes(authenticator, header), header);
            assertNull(authenticator.viewerOf(header), header);
        }
        assertEquals(Viewer.OPERATOR, inBytes(authenticator, "Bearer " + operatorKey));
    }

    private static Viewer inBytes(Authenticator authenticator, String header) {
        byte[] bytes = ("??" + header + "?").getBytes(StandardCharsets.US_ASCII);
        return authenticator.viewerOf(bytes, 2, header.length());
    }

    @Test
    void stopsKnowingAKeyAsSoonAsTheDirectoryDoes() {
        String secret = ApiKey.newSecret();
        ApiKey.Hash hash = ApiKey.hash(secret);
        AtomicBoolean live = new AtomicBoolean(true);
        KeyDirectory directory = new KeyDirectory() {
            @Override
            public boolean isWalletKey(long wallet, long high, long low) {
                return live.get() && wallet == 77 && high == hash.high() && low == hash.low();
            }

            @Override
            public boolean isOperatorKey(long high, long low) {
                return false;
            }
        };
        Authenticator authenticator = new Authenticator(directory);
        String header = "Bearer " + ApiKey.walletKey(77, secret);
        assertEquals(Viewer.ofWallet(77), authenticator.viewerOf(header));
        assertEquals(Viewer.ofWallet(77), authenticator.viewerOf(header));
        assertNull(authenticator.viewerOf("Bearer " + ApiKey.walletKey(78, secret)));
        assertEquals(Viewer.ofWallet(77), authenticator.viewerOf(header));
        live.set(false);
        assertNull(authenticator.viewerOf(header));
        assertNull(authenticator.viewerOf(null));
    }
}
