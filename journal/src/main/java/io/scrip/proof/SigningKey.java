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
import java.util.Base64;
import java.util.List;

/**
 * The server's Ed25519 key and the secret behind its salts, in one file that only its owner may read: three lines of
 * base64, the private key (PKCS #8), the public key (X.509) and the secret. Made on the first start.
 */
public final class SigningKey {
    private static final String ALGORITHM = "Ed25519";
    private static final int SECRET_BYTES = 32;

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
            String text = Files.readString(file, StandardCharsets.US_ASCII);
            List<String> lines = text.lines().toList();
            Base64.Decoder base64 = Base64.getDecoder();
            PrivateKey key = KeyFactory.getInstance(ALGORITHM)
                    .generatePrivate(new PKCS8EncodedKeySpec(base64.decode(lines.get(0))));
            byte[] publicKey = base64.decode(lines.get(1));
            byte[] secret = base64.decode(lines.get(2));
            SigningKey opened = new SigningKey(key, publicKey, secret);
            byte[] probe = new byte[Sha256.BYTES];
            if (!text.equals(text(base64.decode(lines.get(0)), publicKey, secret))
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

    /** The public key, X.509 encoded: what a verifier has to trust. */
    public byte[] publicKey() {
        return publicKey.clone();
    }

    Salts salts() {
        return new Salts(secret);
    }

    /** Whether this is the signature of the key's owner under the message; false for anything malformed, too. */
    public static boolean isSignature(byte[] publicKey, byte[] message, byte[] signature) {
        try {
            PublicKey key = KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(publicKey));
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
        Files.createFile(temporary, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
