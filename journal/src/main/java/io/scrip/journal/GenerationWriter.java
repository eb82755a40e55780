package io.scrip.journal;

import io.scrip.engine.JournalFailure;
import io.scrip.engine.JournalFailure.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes the records of one generation: makes envelopes, links them, rolls files and forces them. Knows nothing of
 * what was there before but the mark to go on from. One thread; allocates nothing per record.
 */
final class GenerationWriter implements AutoCloseable {
    private static final int INITIAL_RECORD_BYTES = 64 << 10;

    private final LogFolder folder;
    private final Device device;
    private final JournalConfig config;
    private final int maxDocumentLength;
    private final DocumentWriter queue;
    private final Chain chain;
    private final CRC32C crc = new CRC32C();
    private final byte[] partHeader = new byte[Envelope.PAYLOAD];
    private final UnsafeBuffer partRecord = new UnsafeBuffer(partHeader);
    private final UnsafeBuffer record = new UnsafeBuffer(0, 0);
    private byte[] recordBytes = new byte[INITIAL_RECORD_BYTES];
    private Manifest manifest;
    private FileChannel file;
    private Path filePath;
    private long forcedSequence;

    /**
     * Makes the folder and its first file, durably, with a seal that carries the mark.
     *
     * @param manifest already stored, with the new generation as its last
     */
    GenerationWriter(
            LogFolder folder, Manifest manifest, Device device, Surroundings surroundings, JournalConfig config) {
        this.folder = folder;
        this.manifest = manifest;
        this.device = device;
        this.config = config;
        Manifest.Generation generation = manifest.last();
        chain = Chain.at(generation.after());
        forcedSequence = chain.sequence();
        record.wrap(recordBytes);
        maxDocumentLength = QueueWriter.maxDocumentLength(config.blockSizeBytes());
        queue = surroundings.createQueue(folder.generationPath(generation), config.blockSizeBytes());
        seal();
    }

    Chain chain() {
        return chain;
    }

    Manifest manifest() {
        return manifest;
    }

    /** Everything up to it is on the device. */
    long forcedSequence() {
        return forcedSequence;
    }

    void append(long sequence, long timestampNs, DirectBuffer command, int offset, int length) {
        int total = Envelope.lengthOf(length);
        if (queue.endPosition() >= config.rollSizeBytes()) {
            force();
            queue.roll();
        }
        reserve(total);
        Envelope.putHeader(
                record,
                Envelope.TAG_COMMAND,
                length,
                manifest.last().epoch(),
                forcedSequence,
                sequence,
                timestampNs,
                chain.hash());
        command.getBytes(offset, recordBytes, Envelope.PAYLOAD, length);
        chain.add(recordBytes, Envelope.SEQUENCE, Envelope.HASHED_HEADER_LENGTH + length);
        Mark before = queue.endPosition() == 0 ? chain.mark() : null;
        if (total <= maxDocumentLength) {
            Envelope.seal(record, recordBytes, length, crc);
            queue.write(recordBytes, total, recordBytes, 0, 0);
        } else {
            appendInParts(sequence, timestampNs, length);
        }
        chain.advance(sequence, timestampNs);
        if (before != null) {
            fileBegun(before);
        }
    }

    /** The payload is in {@link #recordBytes}; every piece but the last is as long as a document may be. */
    private void appendInParts(long sequence, long timestampNs, int length) {
        int pieceLength = maxDocumentLength - Envelope.PAYLOAD & ~3;
        for (int at = 0; at < length; at += pieceLength) {
            int piece = Math.min(pieceLength, length - at);
            int tag = at + piece < length ? Envelope.TAG_PART : Envelope.TAG_COMMAND;
            Envelope.putHeader(
                    partRecord,
                    tag,
                    piece,
                    manifest.last().epoch(),
                    forcedSequence,
                    sequence,
                    timestampNs,
                    chain.hash());
            int from = Envelope.PAYLOAD + at;
            int padded = Envelope.align(piece);
            for (int i = piece; i < padded; i++) {
                recordBytes[from + i] = 0;
            }
            crc.reset();
            crc.update(partHeader, Envelope.TAG, Envelope.PAYLOAD - Envelope.TAG);
            crc.update(recordBytes, from, padded);
            partRecord.putInt(Envelope.CRC, (int) crc.getValue(), java.nio.ByteOrder.LITTLE_ENDIAN);
            queue.write(partHeader, Envelope.PAYLOAD, recordBytes, from, padded);
        }
    }

    /** Proves on the device that everything up to the last command is there. */
    void seal() {
        Envelope.putHeader(
                record,
                Envelope.TAG_SEAL,
                0,
                manifest.last().epoch(),
                forcedSequence,
                chain.sequence(),
                chain.timestampNs(),
                chain.hash());
        Envelope.seal(record, recordBytes, 0, crc);
        Mark before = queue.endPosition() == 0 ? chain.mark() : null;
        queue.write(recordBytes, Envelope.PAYLOAD, recordBytes, 0, 0);
        if (before != null) {
            fileBegun(before);
        } else {
            force();
        }
    }

    void force() {
        device.force(file, false, filePath);
        forcedSequence = chain.sequence();
    }

    /** Seals, and writes into the manifest that this generation is complete. */
    void end() {
        seal();
        device.replace(
                folder.manifestPath(),
                manifest.withLast(manifest.last()
                                .endedAt(chain.mark(), manifest.last().files()))
                        .toText());
    }

    /** A new file has its first document: it must be found again after a power cut before anything in it counts. */
    private void fileBegun(Mark before) {
        closeFile();
        filePath = queue.currentFile();
        Path generationPath = filePath.getParent();
        try {
            file = Device.open(filePath, StandardOpenOption.WRITE);
        } catch (IOException refused) {
            throw new JournalFailure(Kind.DEVICE, "cannot open " + filePath + ": " + refused, refused);
        }
        device.force(file, true, filePath);
        device.forcePath(generationPath.resolve("metadata.cq4t"));
        device.forcePath(generationPath);
        device.forcePath(folder.path());
        String name = filePath.getFileName().toString();
        manifest = manifest.withLast(manifest.last().withFile(new Manifest.DataFile(name, before)));
        device.replace(folder.manifestPath(), manifest.toText());
        forcedSequence = chain.sequence();
    }

    private void reserve(int length) {
        if (length > recordBytes.length) {
            recordBytes = new byte[Integer.highestOneBit(length) << 1];
            record.wrap(recordBytes);
        }
    }

    private void closeFile() {
        if (file == null) {
            return;
        }
        try {
            file.close();
        } catch (IOException refused) {
            throw new JournalFailure(Kind.DEVICE, "cannot close " + filePath + ": " + refused, refused);
        }
    }

    @Override
    public void close() {
        try {
            queue.close();
        } finally {
            closeFile();
        }
    }
}
