package io.scrip.testkit.sim;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The calls of {@link java.nio.file.Files} on the simulated disk. */
final class DiskProvider extends FileSystemProvider {
    static final String SCHEME = "simulated";

    private final Disk disk;

    DiskProvider(Disk disk) {
        this.disk = disk;
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> env) {
        throw new UnsupportedOperationException("a simulated disk is made by the simulator");
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        throw new UnsupportedOperationException("a simulated disk has no address");
    }

    @Override
    public Path getPath(URI uri) {
        throw new UnsupportedOperationException("a simulated disk has no address");
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return newFileChannel(path, options, attributes);
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        DiskPath name = (DiskPath) path;
        DiskNode node = disk.find(name);
        boolean mayCreate =
                options.contains(StandardOpenOption.CREATE) || options.contains(StandardOpenOption.CREATE_NEW);
        if (node == null && mayCreate) {
            disk.fate.point("before the creation of " + name.last());
            node = new DiskFile(disk);
            disk.siblings(name).put(name.last(), node);
        } else if (node == null) {
            throw new NoSuchFileException(name.toString());
        } else if (options.contains(StandardOpenOption.CREATE_NEW)) {
            throw new FileAlreadyExistsException(name.toString());
        }
        if (node instanceof DiskFile file && options.contains(StandardOpenOption.TRUNCATE_EXISTING)) {
            disk.fate.point("before the truncation of " + name.last());
            file.truncate(0);
        }
        return new DiskChannel(disk, node, name);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path path, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        if (!(disk.get((DiskPath) path) instanceof DiskFolder folder)) {
            throw new NotDirectoryException(path.toString());
        }
        List<Path> listed = new ArrayList<>();
        for (String name : folder.entries.keySet()) {
            Path entry = path.resolve(name);
            if (filter.accept(entry)) {
                listed.add(entry);
            }
        }
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                return listed.iterator();
            }

            @Override
            public void close() {
                // Nothing is held open.
            }
        };
    }

    @Override
    public void createDirectory(Path path, FileAttribute<?>... attributes) throws IOException {
        DiskPath name = (DiskPath) path;
        if (disk.find(name) != null) {
            throw new FileAlreadyExistsException(name.toString());
        }
        disk.fate.point("before the creation of folder " + name.last());
        disk.siblings(name).put(name.last(), new DiskFolder());
    }

    @Override
    public void delete(Path path) throws IOException {
        if (disk.get((DiskPath) path) instanceof DiskFolder folder && !folder.entries.isEmpty()) {
            throw new DirectoryNotEmptyException(path.toString());
        }
        disk.remove((DiskPath) path);
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        disk.get((DiskPath) source);
        disk.move((DiskPath) source, (DiskPath) target);
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) {
        throw new UnsupportedOperationException("nobody copies on a simulated disk");
    }

    @Override
    public boolean isSameFile(Path one, Path other) {
        return one.equals(other);
    }

    @Override
    public boolean isHidden(Path path) {
        return false;
    }

    @Override
    public FileStore getFileStore(Path path) {
        throw new UnsupportedOperationException("free space is asked of the disk itself");
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        disk.get((DiskPath) path);
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
        return null;
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        return type.cast(new DiskAttributes(disk.get((DiskPath) path)));
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) {
        throw new UnsupportedOperationException("attributes by name");
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) {
        throw new UnsupportedOperationException("attributes by name");
    }
}
