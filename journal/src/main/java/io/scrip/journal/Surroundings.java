package io.scrip.journal;

import io.scrip.engine.JournalFailure;
import io.scrip.engine.JournalFailure.Kind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;

/**
 * What the journal and the event log need beyond {@link java.nio.file}: Chronicle, which maps real files, and chance.
 * {@link #REAL} serves everybody but the simulator, which puts files in memory and one seed in their place, so that
 * all other code of this package runs in it as it is.
 */
public interface Surroundings {
    /** Chronicle on real files. */
    Surroundings REAL = new Surroundings() {
        @Override
        public DocumentWriter createQueue(Path folder, int blockSizeBytes) {
            return QueueWriter.create(folder, blockSizeBytes);
        }

        @Override
        public ByteBuffer map(Path file) {
            try (FileChannel channel = Device.open(file, StandardOpenOption.READ)) {
                return channel.map(FileChannel.MapMode.READ_ONLY, 0, Math.min(channel.size(), Integer.MAX_VALUE));
            } catch (IOException refused) {
                throw new JournalFailure(Kind.DEVICE, "cannot map " + file + ": " + refused, refused);
            }
        }

        @Override
        public void extend(Path file, long lengthBytes) {
            try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
                opened.setLength(Math.max(opened.length(), lengthBytes));
            } catch (IOException refused) {
                throw new JournalFailure(Kind.DEVICE, "cannot extend " + file + ": " + refused, refused);
            }
        }

        @Override
        public int newEpoch() {
            return new SecureRandom().nextInt();
        }

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }
    };

    /** Makes the queue of a new generation; its first file appears with the first document. */
    DocumentWriter createQueue(Path folder, int blockSizeBytes);

    /** The bytes of a file, which show what is written to it later. */
    ByteBuffer map(Path file);

    /** Makes a file at least this long, without taking room for what is not written. */
    void extend(Path file, long lengthBytes);

    /** A number that no generation before had, as good as surely. */
    int newEpoch();

    /** A clock that only ever goes forward, from any beginning. */
    long nanoTime();

    /** The name that a queue's file with this number has, counted from 0. */
    static String fileName(int number) {
        return QueueWriter.fileName(number);
    }
}
