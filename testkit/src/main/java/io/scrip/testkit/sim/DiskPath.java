package io.scrip.testkit.sim;

import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;

/** A name on the simulated disk. There are no links and nothing to normalize. */
final class DiskPath implements Path {
    private final DiskFileSystem fileSystem;
    private final boolean absolute;
    private final List<String> names;

    DiskPath(DiskFileSystem fileSystem, boolean absolute, List<String> names) {
        this.fileSystem = fileSystem;
        this.absolute = absolute;
        this.names = names;
    }

    List<String> names() {
        return names;
    }

    String last() {
        return names.get(names.size() - 1);
    }

    private DiskPath of(boolean isAbsolute, List<String> otherNames) {
        return new DiskPath(fileSystem, isAbsolute, List.copyOf(otherNames));
    }

    @Override
    public FileSystem getFileSystem() {
        return fileSystem;
    }

    @Override
    public boolean isAbsolute() {
        return absolute;
    }

    @Override
    public Path getRoot() {
        return absolute ? of(true, List.of()) : null;
    }

    @Override
    public Path getFileName() {
        return names.isEmpty() ? null : of(false, List.of(last()));
    }

    @Override
    public DiskPath getParent() {
        return names.isEmpty() ? null : of(absolute, names.subList(0, names.size() - 1));
    }

    @Override
    public int getNameCount() {
        return names.size();
    }

    @Override
    public Path getName(int index) {
        return of(false, List.of(names.get(index)));
    }

    @Override
    public Path subpath(int from, int to) {
        return of(false, names.subList(from, to));
    }

    @Override
    public boolean startsWith(Path other) {
        List<String> first = ((DiskPath) other).names;
        return first.size() <= names.size() && names.subList(0, first.size()).equals(first);
    }

    @Override
    public boolean endsWith(Path other) {
        List<String> end = ((DiskPath) other).names;
        int from = names.size() - end.size();
        return from >= 0 && names.subList(from, names.size()).equals(end);
    }

    @Override
    public Path normalize() {
        return this;
    }

    @Override
    public Path resolve(Path other) {
        DiskPath below = (DiskPath) other;
        if (below.absolute) {
            return below;
        }
        List<String> all = new ArrayList<>(names);
        all.addAll(below.names);
        return of(absolute, all);
    }

    @Override
    public Path relativize(Path other) {
        if (!other.startsWith(this)) {
            throw new IllegalArgumentException(other + " is not below " + this);
        }
        return other.subpath(names.size(), other.getNameCount());
    }

    @Override
    public URI toUri() {
        return URI.create(DiskProvider.SCHEME + "://" + this);
    }

    @Override
    public Path toAbsolutePath() {
        return absolute ? this : of(true, names);
    }

    @Override
    public Path toRealPath(LinkOption... options) {
        return toAbsolutePath();
    }

    @Override
    public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
        throw new UnsupportedOperationException("nobody watches a simulated disk");
    }

    @Override
    public int compareTo(Path other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DiskPath path && path.absolute == absolute && path.names.equals(names);
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }

    @Override
    public String toString() {
        return (absolute ? "/" : "") + String.join("/", names);
    }
}
