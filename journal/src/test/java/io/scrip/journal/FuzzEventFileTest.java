package io.scrip.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/** Whatever a file of the event log holds, its good records are found again where they stand, and nothing else is. */
class FuzzEventFileTest {
    private static final int EPOCH = 78;

    @FuzzTest(maxDuration = "60s")
    void anyFileGivesItsGoodRecordsAndNothingElse(byte[] bytes) {
        int[] good = new int[1];
        byte[] content = bytes.length > 0 && bytes[0] == 'r' ? bytes : written(bytes, good);
        EventFile file = new EventFile(Path.of("fuzzed.cq4"), ByteBuffer.wrap(content), EPOCH, 1);
        file.scan(Long.MAX_VALUE);
        assertTrue(file.lastSequence() >= good[0], () -> good[0] + " good records, " + file.lastSequence());
        CRC32C crc = new CRC32C();
        ByteBuffer view = file.view();
        for (long sequence = 1; sequence <= file.lastSequence(); sequence++) {
            int at = file.find(sequence, view, crc);
            assertEquals(at, EventSearch.find(file.buffer(), view, EPOCH, 1, sequence, crc));
            int length = file.documentLength(at);
            assertTrue(EventEnvelope.isGood(file.buffer(), view, at, length, EPOCH, sequence, crc));
            if (sequence < file.lastSequence()) {
                assertEquals(file.find(sequence + 1, view, crc), file.after(at));
            }
        }
    }

    /** Records, Chronicle's own documents and rubbish, as the input says; how many records are good up to the rubbish. */
    private static byte[] written(byte[] bytes, int[] good) {
        ByteBuffer input = ByteBuffer.wrap(bytes);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        CRC32C crc = new CRC32C();
        boolean sound = true;
        long sequence = 0;
        while (input.hasRemaining()) {
            int what = input.get() & 7;
            int asked = input.hasRemaining() ? input.get() & 0x7F : 0;
            byte[] payload = new byte[Math.min(asked, input.remaining())];
            input.get(payload);
            if (what < 5) {
                byte[] record = new byte[EventEnvelope.lengthOf(payload.length)];
                UnsafeBuffer buffer = new UnsafeBuffer(record);
                buffer.putBytes(EventEnvelope.PAYLOAD, payload);
                EventEnvelope.seal(buffer, record, payload.length, EPOCH, ++sequence, crc);
                if (what == 4) {
                    record[asked % record.length] ^= 1;
                    sound = false;
                }
                document(file, record, 0);
                good[0] += sound ? 1 : 0;
            } else if (what == 5) {
                document(file, payload, RecordFile.FRAME_METADATA);
            } else {
                sound = false;
                file.writeBytes(payload);
            }
        }
        return file.toByteArray();
    }

    private static void document(ByteArrayOutputStream file, byte[] bytes, int flags) {
        int length = Envelope.align(bytes.length);
        file.writeBytes(ByteBuffer.allocate(RecordFile.FRAME)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(length | flags)
                .array());
        file.writeBytes(bytes);
        file.writeBytes(new byte[length - bytes.length]);
    }
}
