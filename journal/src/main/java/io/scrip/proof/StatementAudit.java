package io.scrip.proof;

import io.scrip.engine.JournalFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Compares the signed statements with events that somebody derives anew, in order. Reads the key and the statements and
 * changes nothing. After the first statement that is wrong it looks no further: each holds the hash of the one before.
 * One thread.
 */
public final class StatementAudit {
    private final Path file;
    private final SigningKey key;
    private final byte[] bytes;
    private final LeafReader leaves;
    private final List<byte[]> hashes = new ArrayList<>();
    private long count;
    private Statement current;
    private byte[] previousHash = new byte[Sha256.BYTES];
    private long events;
    private long lastEvent;
    private Wrong wrong;
    private boolean unproved;
    private long firstKnown = 1;

    /**
     * What is wrong with a statement.
     *
     * @param offsetBytes where its record begins
     * @param number      of the statement
     */
    public record Wrong(Path file, long offsetBytes, long number, String reason) {}

    private StatementAudit(Path file, SigningKey key, byte[] bytes) {
        this.file = file;
        this.key = key;
        this.bytes = bytes;
        leaves = new LeafReader(key.salts());
    }

    /**
     * Opens what is in a folder.
     *
     * @return null when it holds neither a key nor statements
     * @throws JournalFailure DAMAGED when one is there without the other, UNREADABLE when the key is none, DEVICE
     */
    public static StatementAudit open(Path folder) {
        Path keyFile = folder.resolve(Notary.KEY_FILE);
        Path statements = folder.resolve(Notary.STATEMENTS_FILE);
        boolean hasKey = Files.exists(keyFile);
        boolean hasStatements = Files.exists(statements);
        if (!hasKey && !hasStatements) {
            return null;
        }
        if (hasKey != hasStatements) {
            Path missing = hasKey ? statements : keyFile;
            throw JournalFailure.damagedAt(missing.toString(), -1, -1, missing + " is missing");
        }
        try {
            return new StatementAudit(statements, SigningKey.read(keyFile), Files.readAllBytes(statements));
        } catch (IOException refused) {
            throw new JournalFailure(JournalFailure.Kind.DEVICE, "cannot read " + statements, refused);
        }
    }

    /**
     * Begins behind an event, because those before it are not known any more: of a statement about any of these only the
     * order and the signature are looked at. A statement that was lost with its events is not asked for. Before the first
     * event.
     */
    public void beginBehind(long eventSequence) {
        firstKnown = eventSequence + 1;
        events = 1;
        while (wrong == null && events <= eventSequence && readNext()) {
            if (current.lastEvent() > eventSequence) {
                unproved = current.firstEvent() <= eventSequence;
                return;
            }
            events = current.lastEvent() + 1;
            compareOrder();
        }
    }

    /** The next event. */
    public void onEvent(long eventSequence, DirectBuffer event, int offset) {
        events = eventSequence;
        if (unproved) {
            if (eventSequence == current.lastEvent()) {
                unproved = false;
                compareOrder();
            }
            return;
        }
        if (wrong != null || (current == null && !readNext())) {
            return;
        }
        hashes.add(leaves.read(event, offset).hash());
        if (eventSequence == current.lastEvent()) {
            compare();
        }
    }

    /** No further event comes. */
    public void end() {
        boolean unfinished = current != null || (long) bytes.length > offsetOf(count + 1);
        if (wrong == null && unfinished) {
            stop(count + (current == null ? 1 : 0), "it is about events after the last one, " + events);
        }
    }

    /** The first statement that is wrong; null as long as none is. */
    public Wrong wrong() {
        return wrong;
    }

    /** Statements that were found right, after {@link #end}. */
    public long count() {
        return wrong == null ? count : wrong.number() - 1;
    }

    /** The last event that a right statement is about. */
    public long lastEvent() {
        return lastEvent;
    }

    private boolean readNext() {
        long start = offsetOf(count + 1);
        if (start == bytes.length) {
            return false;
        }
        count++;
        if (start + StatementFile.RECORD_BYTES > bytes.length) {
            return stop(count, "its record is cut off");
        }
        byte[] record = new byte[StatementFile.RECORD_BYTES];
        ByteBuffer.wrap(bytes, (int) start, record.length).get(record);
        current = StatementFile.parse(record, count);
        if (current == null) {
            return stop(count, "its checksum or its number is wrong");
        }
        boolean lost = current.firstEvent() > events && current.firstEvent() <= firstKnown;
        if ((current.firstEvent() != events && !lost) || current.lastEvent() < current.firstEvent()) {
            return stop(count, "it begins with event " + current.firstEvent() + " instead of " + events);
        }
        return true;
    }

    private void compare() {
        Statement statement = current;
        if (Commitment.isEqual(MerkleTree.root(hashes, 0, hashes.size()), statement.root())) {
            compareOrder();
        } else {
            stop(statement.number(), "the events have another root");
        }
        hashes.clear();
    }

    private void compareOrder() {
        Statement statement = current;
        current = null;
        if (!Commitment.isEqual(previousHash, statement.previousHash())) {
            stop(statement.number(), "it does not follow the statement before it");
        } else if (!SigningKey.isSignature(key.publicKey(), statement.hash(), statement.signature())) {
            stop(statement.number(), "its signature is not by the key in " + Notary.KEY_FILE);
        }
        previousHash = statement.hash();
        lastEvent = wrong == null ? statement.lastEvent() : lastEvent;
    }

    private boolean stop(long number, String reason) {
        wrong = new Wrong(file, offsetOf(number), number, reason);
        current = null;
        return false;
    }

    private static long offsetOf(long number) {
        return (number - 1) * StatementFile.RECORD_BYTES;
    }
}
