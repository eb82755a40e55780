package io.scrip.tools.receipt;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.scrip.gateway.json.JsonOut;
import io.scrip.proof.Leaf;
import io.scrip.proof.OpenedLeaf;
import io.scrip.proof.Opening;
import io.scrip.proof.Proof;
import io.scrip.proof.ReceiptCheck;
import io.scrip.proof.RefusalNumbers;
import io.scrip.proof.Statement;
import io.scrip.tools.ExitCode;
import io.scrip.tools.Refusal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Verifies a receipt offline and says in plain words what it proves. */
@Command(
        name = "verify-receipt",
        description = {
            "Verify a receipt (GET /api/v1/transfers/{id}/receipt) offline: needs no server and no ledger.",
            "Without --key the receipt is held against the key that it names itself; compare that with the server's"
                    + " (GET /api/v1/proof/key) before you trust it.",
            ""
        },
        sortOptions = false)
public final class VerifyReceiptCommand implements Callable<Integer> {
    private static final long MAX_BYTES = 4 << 20;

    @Parameters(paramLabel = "FILE", description = "The receipt.")
    private Path file;

    @Option(
            names = "--key",
            paramLabel = "FILE|HEX",
            description = "The public key that must have signed it: 64 hexadecimal digits, or a file with them, with"
                    + " the answer of GET /api/v1/proof/key, or in PEM.")
    private String key;

    @Option(names = "--json", description = "Print one JSON object instead of words.")
    private boolean isJson;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    /** How it ended. */
    private record Verdict(ExitCode code, String name, String detail, List<Proof> records) {}

    @Override
    public Integer call() {
        byte[] wanted = key == null ? null : PublicKeyText.read(key);
        Verdict verdict = verify(bytes(), wanted);
        PrintWriter out = spec.commandLine().getOut();
        if (isJson) {
            out.println(toJson(verdict));
        } else {
            print(verdict, wanted != null, out);
        }
        out.flush();
        return verdict.code.number();
    }

    private byte[] bytes() {
        try {
            if (Files.size(file) > MAX_BYTES) {
                return new byte[0];
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException absent) {
            throw new Refusal(ExitCode.USAGE, "there is no file " + file, absent);
        } catch (IOException unreadable) {
            throw new Refusal(ExitCode.USAGE, "cannot read " + file + ": " + unreadable.getMessage(), unreadable);
        }
    }

    /** What becomes of a receipt; without a key it is held against the one it names itself. */
    public static ExitCode verdictOf(byte[] receipt, byte[] keyOrNull) {
        return verify(receipt, keyOrNull).code;
    }

    private static Verdict verify(byte[] text, byte[] wantedKey) {
        ReceiptReader.Receipt receipt;
        try {
            receipt = ReceiptReader.read(text);
        } catch (NotAReceipt e) {
            return new Verdict(ExitCode.NOT_A_RECEIPT, "not_a_receipt", e.getMessage(), List.of());
        }
        List<Proof> records = receipt.records();
        byte[] signer = records.get(0).publicKey();
        if (wantedKey != null && !Arrays.equals(wantedKey, signer)) {
            String detail = "it names the key " + HexFormat.of().formatHex(signer);
            return new Verdict(ExitCode.OTHER_KEY, "other_key", detail, List.of());
        }
        ReceiptCheck.Fault fault = ReceiptCheck.check(records);
        if (fault != null) {
            String detail = "record " + (fault.record() + 1) + ", step "
                    + fault.step().name().toLowerCase(Locale.ROOT) + ": "
                    + fault.step().words();
            return new Verdict(ExitCode.RECEIPT_TAMPERED, "tampered", detail, List.of());
        }
        for (int i = 0; i < records.size(); i++) {
            if (!receipt.says().get(i).equals(Words.of(records.get(i).opened().leaf()))) {
                String detail = "record " + (i + 1) + ", step says: its words are not what is proved";
                return new Verdict(ExitCode.RECEIPT_TAMPERED, "tampered", detail, List.of());
            }
        }
        return new Verdict(ExitCode.OK, "valid", "", records);
    }

    private static void print(Verdict verdict, boolean isKeyGiven, PrintWriter out) {
        if (verdict.code != ExitCode.OK) {
            out.println("NOT PROVED: " + verdict.code.meaning() + ": " + verdict.detail);
            return;
        }
        out.println("Proved:");
        for (Proof proof : verdict.records) {
            OpenedLeaf opened = proof.opened();
            out.println("  " + Words.of(opened.leaf()));
            for (String line : details(opened)) {
                out.println("    " + line);
            }
            Statement statement = proof.statement();
            out.println("    event " + opened.leaf().eventSequence() + " in statement " + statement.number()
                    + " about the events " + statement.firstEvent() + " to " + statement.lastEvent());
        }
        String signer = HexFormat.of().formatHex(verdict.records.get(0).publicKey());
        out.println(
                isKeyGiven
                        ? "Signed by the key you gave, " + signer + "."
                        : "Signed by the key " + signer + ". Whose it is the receipt cannot prove: compare it with the"
                                + " server's, or give it with --key.");
    }

    private static List<String> details(OpenedLeaf opened) {
        List<String> lines = new ArrayList<>();
        Leaf leaf = opened.leaf();
        if (opened.from() != null) {
            lines.add(Words.of(
                    leaf, leaf.from(), leaf.fromAccount(), opened.from().value()));
        }
        if (opened.to() != null) {
            lines.add(Words.of(leaf, leaf.to(), leaf.toAccount(), opened.to().value()));
        }
        Opening<RefusalNumbers> numbers = opened.numbers();
        if (numbers != null) {
            lines.add("numbers in smallest units: needed " + numbers.value().needed() + ", available "
                    + numbers.value().available() + ", limit " + numbers.value().limit());
        }
        if (opened.texts() != null) {
            Opening.Texts texts = opened.texts().value();
            if (!texts.reference().isEmpty()) {
                lines.add("reference: " + printable(texts.reference()));
            }
            if (!texts.metadata().isEmpty()) {
                lines.add("metadata: " + printable(texts.metadata()));
            }
        }
        return lines;
    }

    /** Somebody else's text on the user's terminal must not control it. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
    }

    private static String toJson(Verdict verdict) {
        ByteBuf out = Unpooled.buffer();
        JsonOut json = new JsonOut().to(out);
        json.beginObject().name("valid").bool(verdict.code == ExitCode.OK);
        json.name("code").string(verdict.name);
        json.name("detail").string(verdict.detail.isEmpty() ? null : verdict.detail);
        json.name("public_key")
                .string(
                        verdict.records.isEmpty()
                                ? null
                                : HexFormat.of()
                                        .formatHex(verdict.records.get(0).publicKey()));
        json.name("records").beginArray();
        for (Proof proof : verdict.records) {
            json.beginObject()
                    .name("says")
                    .string(Words.of(proof.opened().leaf()))
                    .name("details")
                    .beginArray();
            for (String line : details(proof.opened())) {
                json.string(line);
            }
            json.endArray().endObject();
        }
        json.endArray().endObject();
        return out.toString(StandardCharsets.UTF_8);
    }
}
