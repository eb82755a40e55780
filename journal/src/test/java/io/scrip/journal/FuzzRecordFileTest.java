package io.scrip.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/** Whatever a journal file holds, it is read up to the first byte that is not a good record, and no further. */
class FuzzRecordFileTest {
    private static final int EPOCH = 77;

    /** A file put together piece by piece, as the input says. */
    private static final class Author {
        private final ByteBuffer input;
        private final ByteArrayOutputStream file = new ByteArrayOutputStream();
        private final Chain chain = new Chain();
        private final CRC32C crc = new CRC32C();
        private boolean sound = true;
        private boolean inParts;
        private long timestampNs = 1;
        private int commands;

        Author(byte[] input) {
            this.input = ByteBuffer.wrap(input);
        }

        byte[] write() {
            while (input.hasRemaining()) {
                int what = input.get() & 7;
                switch (what) {
                    case 0, 1 -> record(Envelope.TAG_COMMAND, payload(), -1);
                    case 2 -> record(Envelope.TAG_PART, payload(), -1);
                    case 3 -> record(Envelope.TAG_SEAL, new byte[0], -1);
                    case 4 -> {
                        byte[] bytes = payload();
                        frame(Envelope.align(bytes.length) | RecordFile.FRAME_METADATA);
                        file.writeBytes(bytes);
                        file.writeBytes(new byte[Envelope.align(bytes.length) - bytes.length]);
                    }
                    case 5 -> record(Envelope.TAG_COMMAND, payload(), input.hasRemaining() ? input.get() & 0xFF : 0);
                    default -> {
                        sound = false;
                        file.writeBytes(payload());
                    }
                }
            }
            return file.toByteArray();
        }

        private byte[] payload() {
            int length = input.hasRemaining() ? input.get() & 0x7F : 0;
            byte[] payload = new byte[Math.min(length, input.remaining())];
            input.get(payload);
            return payload;
        }

        private void frame(int word) {
            file.writeBytes(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(word)
                    .array());
        }

        /** A record that follows the last, with one byte of it wounded where there is one to wound. */
        private void record(int tag, byte[] payload, int wound) {
            boolean seal = tag == Envelope.TAG_SEAL;
            timestampNs += seal || inParts ? 0 : 1;
            byte[] bytes = new byte[Envelope.lengthOf(payload.length)];
            UnsafeBuffer record = new UnsafeBuffer(bytes);
            long sequence = chain.sequence() + (seal ? 0 : 1);
            long time = seal ? chain.timestampNs() : timestampNs;
            Envelope.putHeader(record, tag, payload.length, EPOCH, sequence, sequence, time, chain.hash());
            record.putBytes(Envelope.PAYLOAD, payload);
            Envelope.seal(record, bytes, payload.length, crc);
            if (wound >= 0) {
                bytes[wound % bytes.length] ^= 1;
                sound = false;
            }
            sound = sound && !(seal && inParts);
            frame(bytes.length);
            file.writeBytes(bytes);
            if (seal || wound >= 0) {
                return;
            }
            int from = inParts ? Envelope.PAYLOAD : Envelope.SEQUENCE;
            chain.add(bytes, from, Envelope.PAYLOAD + payload.length - from);
            inParts = tag == Envelope.TAG_PART;
            if (!inParts) {
                chain.advance(sequence, timestampNs);
                commands += sound ? 1 : 0;
            }
        }
    }

    @FuzzTest(maxDuration = "60s")
    void anyFileIsReadUpToTheFirstByteThatIsNoRecord(byte[] bytes) throws IOException {
        Author author = new Author(bytes);
        Path file = Files.createTempFile("scrip-fuzz", ".cq4");
        try {
            boolean raw = bytes.length > 0 && bytes[0] == 'r';
            Files.write(file, raw ? bytes : author.write());
            long[] last = new long[1];
            try (RecordFile records = new RecordFile(file, EPOCH, new Chain())) {
                long count = records.read(0, Long.MAX_VALUE, (sequence, timestampNs, buffer, offset, length) -> {
                    assertEquals(last[0] + 1, sequence);
                    last[0] = sequence;
                    assertTrue(offset >= 0 && length >= 0 && offset + length <= buffer.capacity());
                });
                assertEquals(last[0], count);
                assertTrue(count >= author.commands, () -> author.commands + " good records, " + count + " read");
                if (!raw && author.sound) {
                    assertEquals(author.inParts, records.fault() != null, records.fault());
                }
                RecordFile.Remains remains = records.remains();
                assertTrue(remains.records() >= 0 && remains.lengthBytes() >= 0);
                assertTrue(records.position() <= Files.size(file));
            }
        } finally {
            Files.delete(file);
        }
    }
}
