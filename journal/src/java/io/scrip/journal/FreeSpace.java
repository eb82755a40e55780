package io.scrip.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the journal asks how much room its file system has left. */
@FunctionalInterface
public interface FreeSpace {

    /** Bytes that an ordinary process may still write below this folder. */
    long usableBytes(Path folder) throws IOException;

    /** What the file system itself says. */
    static FreeSpace ofFileSystem() {
        return folder -> Files.getFileStore(folder).getUsableSpace();
    }
}
