package io.scrip.testkit.sim;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** An open file or folder of the simulated disk. */
final class DiskChannel extends FileChannel {
    private final Disk disk;
    private final DiskNode node;
    private final DiskPath path;
    private int position;
    private boolean holdsLock;

    DiskChannel(Disk disk, DiskNode node, DiskPath path) {
        this.disk = disk;
        this.node = node;
        this.path = path;
    }

    private DiskFile file() throws IOException {
        if (node instanceof DiskFile file) {
            return file;
        }
        throw new IOException("Is a directory");
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int count = read(target, position);
        position += Math.max(count, 0);
        return count;
    }

    @Override
    public int read(ByteBuffer target, long from) throws IOException {
        DiskFile file = file();
        if (from >= file.length()) {
            return -1;
        }
        int count = Math.min(target.remaining(), file.length() - (int) from);
        if (target.hasArray()) {
            file.read((int) from, target.array(), target.arrayOffset() + target.position(), count);
            target.position(target.position() + count);
        } else {
            byte[] bytes = new byte[count];
            file.read((int) from, bytes, 0, count);
            target.put(bytes);
        }
        return count;
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) {
        throw new UnsupportedOperationException("scattered reading");
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int count = write(source, position);
        position += count;
        return count;
    }

    @Override
    public int write(ByteBuffer source, long at) throws IOException {
        DiskFile file = file();
        disk.fate.point("before a write to " + path.last());
        byte[] bytes = new byte[source.remaining()];
        if (disk.freeBytes() < bytes.length + 2L * DiskFile.PAGE_BYTES) {
            throw new IOException("No space left on device");
        }
        source.get(bytes);
        file.write((int) at, bytes, 0, bytes.length);
        return bytes.length;
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) {
        throw new UnsupportedOperationException("gathered writing");
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public FileChannel position(long newPosition) {
        position = (int) newPosition;
        return this;
    }

    @Override
    public long size() throws IOException {
        return file().length();
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        disk.fate.point("before the truncation of " + path.last());
        file().truncate((int) size);
        return this;
    }

    @Override
    public void force(boolean metadata) throws IOException {
        disk.force(node, path.getNameCount() == 0 ? "/" : path.last());
    }

    @Override
    public long transferTo(long from, long count, WritableByteChannel target) {
        throw new UnsupportedOperationException("transfer");
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long at, long count) {
        throw new UnsupportedOperationException("transfer");
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long from, long size) {
        throw new UnsupportedOperationException("a simulated file is mapped by the simulated surroundings");
    }

    @Override
    public FileLock lock(long from, long size, boolean shared) {
        throw new UnsupportedOperationException("waiting for a lock");
    }

    @Override
    public FileLock tryLock(long from, long size, boolean shared) {
        if (!disk.lock(node)) {
            return null;
        }
        holdsLock = true;
        return new FileLock(this, from, size, shared) {
            @Override
            public boolean isValid() {
                return isOpen();
            }

            @Override
            public void release() {
                disk.unlock(node);
            }
        };
    }

    @Override
    protected void implCloseChannel() {
        if (holdsLock && !disk.fate.isDead()) {
            disk.unlock(node);
        }
    }
}
