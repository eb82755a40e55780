package io.scrip.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder for what one measurement writes. Closing removes it with all that is in it, and so does a process that is told
 * to end. Belongs to one thread.
 */
final class ScratchFolder implements AutoCloseable {
    private static final int TRIES = 3;

    private final Path path;
    /** For a benchmark that is interrupted. */
    private final Thread atExit = new Thread(this::removeWhileInUse, "folder-end");

    private ScratchFolder(Path path) {
        this.path = path;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** A new one where temporary files are. */
    static ScratchFolder create() throws IOException {
        return new ScratchFolder(Files.createTempDirectory("scrip-bench-"));
    }

    /** A new one in an existing folder. */
    static ScratchFolder in(Path parent, String name) throws IOException {
        return new ScratchFolder(Files.createTempDirectory(parent, name));
    }

    /** This one, which is emptied first. */
    static ScratchFolder at(Path path) throws IOException {
        ScratchServer.remove(path);
        return new ScratchFolder(Files.createDirectories(path));
    }

    Path path() {
        return path;
    }

    /** Empties it. */
    void clear() throws IOException {
        ScratchServer.remove(path);
        Files.createDirectories(path);
    }

    @Override
    public void close() throws IOException {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException alreadyEnding) {
            // The hook does the same.
            return;
        }
        ScratchServer.remove(path);
    }

    /** Somebody may still be writing: then a second look finds what the first has left. */
    private void removeWhileInUse() {
        boolean gone = false;
        for (int i = 0; i < TRIES && !gone; i++) {
            gone = isRemoved();
        }
    }

    private boolean isRemoved() {
        try {
            ScratchServer.remove(path);
            return true;
        } catch (IOException | UncheckedIOException busy) {
            return false;
        }
    }
}
