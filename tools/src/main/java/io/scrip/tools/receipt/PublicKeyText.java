package io.scrip.tools.receipt;

import io.scrip.proof.SigningKey;
import io.scrip.tools.ExitCode;
import io.scrip.tools.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A public key as people keep it: hexadecimal, the server's own answer, or PEM. */
final class PublicKeyText {
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Pattern ANSWER = Pattern.compile("\"public_key\"\\s*:\\s*\"([0-9a-f]{64})\"");
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----");
    private static final int MAX_BYTES = 1 << 16;

    private PublicKeyText() {}

    /** The 32 bytes of a key that is given as text or as the name of a file with it. */
    static byte[] read(String textOrFile) {
        if (HEX.matcher(textOrFile).matches()) {
            return HexFormat.of().parseHex(textOrFile);
        }
        String text;
        try {
            Path file = Path.of(textOrFile);
            byte[] bytes = Files.size(file) > MAX_BYTES ? new byte[0] : Files.readAllBytes(file);
            text = new String(bytes, StandardCharsets.UTF_8).strip();
        } catch (IOException | InvalidPathException unreadable) {
            throw new Refusal(
                    ExitCode.USAGE,
                    "--key " + textOrFile + " is neither 64 hexadecimal digits nor a file that can be read",
                    unreadable);
        }
        Matcher answer = ANSWER.matcher(text);
        Matcher pem = PEM.matcher(text);
        if (HEX.matcher(text).matches()) {
            return HexFormat.of().parseHex(text);
        }
        if (answer.find()) {
            return HexFormat.of().parseHex(answer.group(1));
        }
        if (pem.find()) {
            try {
                return SigningKey.rawOf(Base64.getMimeDecoder().decode(pem.group(1)));
            } catch (IllegalArgumentException otherKind) {
                throw new Refusal(ExitCode.USAGE, "--key " + textOrFile + " is no Ed25519 key", otherKind);
            }
        }
        throw new Refusal(ExitCode.USAGE, "--key " + textOrFile + " holds no public key");
    }
}
