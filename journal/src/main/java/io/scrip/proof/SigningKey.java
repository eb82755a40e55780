package io.scrip.proof;

import io.scrip.engine.JournalFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * The server's Ed25519 key and the secret behind its salts, in one file that only its owner may read: three lines of
 * base64, the private key (PKCS #8), the public key (X.509) and the secret. Made on the first start.
 */
public final class SigningKey {
    private static final String ALGORITHM = "Ed25519";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final int SECRET_BYTES = 32;
    private static final int PUBLIC_KEY_BYTES = 32;
    /** What stands before the 32 bytes of a public key when it is X.509 encoded (RFC 8410). */
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private final PrivateKey privateKey;
    private final byte[] publicKey;
    private final byte[] secret;

    private SigningKey(PrivateKey privateKey, byte[] publicKey, byte[] secret) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
        this.secret = secret;
    }

    /** Reads the key file, or makes it when there is none. */
    public static SigningKey open(Path file) {
        try {
            if (!Files.exists(file)) {
                create(file);
            }
            Files.setPosixFilePermissions(file, OWNER_ONLY);
        } catch (IOException failed) {
            throw new JournalFailure(JournalFailure.Kind.DEVICE, "cannot read or write " + file, failed);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, impossible);
        }
        return read(file);
    }

    /** Reads a key file that is there, and changes nothing. */
    static SigningKey read(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.US_ASCII);
            List<String> lines = text.lines().toList();
            Base64.Decoder base64 = Base64.getDecoder();
            PrivateKey key = KeyFactory.getInstance(ALGORITHM)
                    .generatePrivate(new PKCS8EncodedKeySpec(base64.decode(lines.get(0))));
            byte[] publicKey = rawOf(base64.decode(lines.get(1)));
            byte[] secret = base64.decode(lines.get(2));
            SigningKey opened = new SigningKey(key, publicKey, secret);
            byte[] probe = new byte[Sha256.BYTES];
            if (!text.equals(text(base64.decode(lines.get(0)), base64.decode(lines.get(1)), secret))
                    || secret.length != SECRET_BYTES
                    || !isSignature(publicKey, probe, opened.sign(probe))) {
                throw new GeneralSecurityException("its parts do not belong together");
            }
            return opened;
        } catch (IOException failed) {
            throw new JournalFailure(JournalFailure.Kind.DEVICE, "cannot read or write " + file, failed);
        } catch (GeneralSecurityException | IllegalArgumentException | IndexOutOfBoundsException bad) {
            throw new JournalFailure(
                    JournalFailure.Kind.UNREADABLE, file + " is not a signing key of Scrip: " + bad.getMessage(), bad);
        }
    }

    /** Ed25519 signature, 64 bytes. */
    byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(privateKey);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a key that has signed before does not sign", impossible);
        }
    }

    /** The 32 bytes of the public key: what a verifier has to trust. */
    public byte[] publicKey() {
        return publicKey.clone();
    }

    Salts salts() {
        return new Salts(secret);
    }

    /** Hashes leaves with these salts. */
    LeafHasher hasher() {
        return new LeafHasher(secret);
    }

    /**
     * The 32 bytes of an X.509 encoded key.
     *
     * @throws IllegalArgumentException when it is no Ed25519 key
     */
    public static byte[] rawOf(byte[] x509) {
        int prefixBytes = X509_PREFIX.length;
        if (x509.length != prefixBytes + PUBLIC_KEY_BYTES
                || !Arrays.equals(x509, 0, prefixBytes, X509_PREFIX, 0, prefixBytes)) {
            throw new IllegalArgumentException("no Ed25519 public key");
        }
        return Arrays.copyOfRange(x509, prefixBytes, x509.length);
    }

    /** Whether this is the signature of the key's owner under the message; false for anything malformed, too. */
    public static boolean isSignature(byte[] publicKey, byte[] message, byte[] signature) {
        try {
            byte[] x509 = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + publicKey.length);
            System.arraycopy(publicKey, 0, x509, X509_PREFIX.length, publicKey.length);
            PublicKey key = KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(x509));
            Signature verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }

    /** There is one text of a key, so that any other byte in its file is seen. */
    private static String text(byte[] privateKey, byte[] publicKey, byte[] secret) {
        Base64.Encoder base64 = Base64.getEncoder();
        return base64.encodeToString(privateKey) + "\n" + base64.encodeToString(publicKey) + "\n"
                + base64.encodeToString(secret) + "\n";
    }

    /** Written whole or not at all: a temporary file, forced, then renamed. */
    private static void create(Path file) throws IOException, GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        String text = text(pair.getPrivate().getEncoded(), pair.getPublic().getEncoded(), secret);
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        Files.deleteIfExists(temporary);
        Files.createFile(temporary, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        forceFolder(file.toAbsolutePath().getParent());
    }

    static void forceFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
