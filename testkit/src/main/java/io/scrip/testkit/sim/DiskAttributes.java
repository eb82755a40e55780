package io.scrip.testkit.sim;

import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/** What the simulated disk tells of a file or folder; it keeps no times. */
record DiskAttributes(DiskNode node) implements BasicFileAttributes {
    private static final FileTime NEVER = FileTime.fromMillis(0);

    @Override
    public FileTime lastModifiedTime() {
        return NEVER;
    }

    @Override
    public FileTime lastAccessTime() {
        return NEVER;
    }

    @Override
    public FileTime creationTime() {
        return NEVER;
    }

    @Override
    public boolean isRegularFile() {
        return node instanceof DiskFile;
    }

    @Override
    public boolean isDirectory() {
        return node instanceof DiskFolder;
    }

    @Override
    public boolean isSymbolicLink() {
        return false;
    }

    @Override
    public boolean isOther() {
        return false;
    }

    @Override
    public long size() {
        return node instanceof DiskFile file ? file.length() : 0;
    }

    @Override
    public Object fileKey() {
        return node;
    }
}
