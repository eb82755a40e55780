package io.scrip.journal;

import com.sun.jna.Function;
import com.sun.jna.LastErrorException;
import java.nio.file.Path;

/**
 * Asks the system to begin writing what a file has got, piece by piece and without waiting. Left alone it keeps new pages
 * for up to half a minute and then writes some hundred megabytes at once, and each force of the journal that comes
 * meanwhile waits behind them.
 *
 * <p>Promises nothing: what must be on the device is forced, as ever, and that force says what the device refused. Where
 * the system has no such call, or the file cannot be opened, nothing happens. One thread.
 */
public final class Writeback implements AutoCloseable {
    /** Some tenths of a millisecond of a device's time. */
    static final int STEP_BYTES = 1 << 20;

    private static final int PAGE_BYTES = 4 << 10;
    private static final int NONE = -1;
    private static final int WRITE_ONLY = 1;
    private static final int CLOSE_ON_EXEC = 0x80000;
    /** SYNC_FILE_RANGE_WRITE: begins writing the dirty pages that are not being written already. */
    private static final int BEGIN_WRITING = 2;

    private static final Calls SYSTEM = calls();

    private final Calls calls;
    private int descriptor;
    private long begunBytes;

    /** What is asked of the system; each throws when it is refused. */
    interface Calls {
        int open(String path, int flags);

        /** Begins writing a part of a file, and waits for nothing but room in the device's queue. */
        void beginWriting(int descriptor, long offset, long lengthBytes);

        void close(int descriptor);
    }

    /** Those of the C library. */
    private static final class LibraryCalls implements Calls {
        private static final String LIBRARY = "c";

        private final Function open = function("open");
        private final Function syncFileRange = function("sync_file_range");
        private final Function close = function("close");

        private static Function function(String name) {
            return Function.getFunction(LIBRARY, name, Function.THROW_LAST_ERROR);
        }

        @Override
        public int open(String path, int flags) {
            return open.invokeInt(new Object[] {path, flags});
        }

        @Override
        public void beginWriting(int descriptor, long offset, long lengthBytes) {
            syncFileRange.invokeInt(new Object[] {descriptor, offset, lengthBytes, BEGIN_WRITING});
        }

        @Override
        public void close(int descriptor) {
            close.invokeInt(new Object[] {descriptor});
        }
    }

    private Writeback(Calls calls, int descriptor) {
        this.calls = calls;
        this.descriptor = descriptor;
    }

    /** Of a file that is there, from its beginning on. */
    public static Writeback of(Path file) {
        return of(file, SYSTEM);
    }

    static Writeback of(Path file, Calls calls) {
        if (calls == null) {
            return new Writeback(null, NONE);
        }
        try {
            return new Writeback(calls, calls.open(file.toString(), WRITE_ONLY | CLOSE_ON_EXEC));
        } catch (LastErrorException refused) {
            return new Writeback(calls, NONE);
        }
    }

    private static Calls calls() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return null;
        }
        try {
            return new LibraryCalls();
        } catch (LinkageError notThere) {
            return null;
        }
    }

    /** So far the file is written; whoever tells less often than by the megabyte makes larger pieces. */
    public void written(long position) {
        // The newest page is not finished: writing it now would be writing it twice.
        long whole = position & -PAGE_BYTES;
        if (descriptor == NONE || whole - begunBytes < STEP_BYTES) {
            return;
        }
        try {
            calls.beginWriting(descriptor, begunBytes, whole - begunBytes);
            begunBytes = whole;
        } catch (LastErrorException refused) {
            close();
        }
    }

    /** So much the system has been asked to write. */
    long begunBytes() {
        return begunBytes;
    }

    @Override
    public void close() {
        if (descriptor != NONE) {
            int open = descriptor;
            descriptor = NONE;
            try {
                calls.close(open);
            } catch (LastErrorException refused) {
                // Closed all the same, and nothing was written through it.
                begunBytes = 0;
            }
        }
    }
}
