package io.scrip.journal;

import java.nio.file.Path;

/** Appends documents to the files of one generation. One thread at a time. */
public interface DocumentWriter extends AutoCloseable {

    /**
     * Appends one document of two pieces, the second of which may be empty.
     *
     * @return where its first byte stands in {@link #currentFile()}
     */
    long write(byte[] first, int firstLength, byte[] second, int secondOffset, int secondLength);

    /** The next document begins a new file. */
    void roll();

    /** The file of the last document, or the folder while there is none. */
    Path currentFile();

    /** Where the last document of the current file ends, in bytes; 0 while it has none. */
    long endPosition();

    @Override
    void close();
}
