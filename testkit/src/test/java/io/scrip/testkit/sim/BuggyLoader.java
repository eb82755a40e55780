package io.scrip.testkit.sim;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Loads the product anew with one bug in it: the source with the bug is compiled in memory, and every class of ours is
 * taken from there or read again, so that nothing of the sound product is in it. No bug is in any class file on disk.
 */
final class BuggyLoader extends ClassLoader {
    private final Map<String, ByteArrayOutputStream> compiled = new HashMap<>();

    BuggyLoader(SeededBug bug) {
        super(BuggyLoader.class.getClassLoader());
        compile(bug);
    }

    private void compile(SeededBug bug) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();
        List<String> options = List.of("-proc:none", "-nowarn", "-cp", System.getProperty("java.class.path"));
        JavaFileManager files = new KeptClasses(compiler.getStandardFileManager(null, null, null));
        boolean done = compiler.getTask(complaints, files, null, options, null, List.of(new Source(bug)))
                .call();
        if (!done) {
            throw new IllegalStateException("the bug '" + bug + "' does not compile:\n" + complaints);
        }
    }

    static String buggySource(SeededBug bug) {
        try {
            String sound = Files.readString(Path.of("..", bug.path().split("/")));
            if (sound.split(java.util.regex.Pattern.quote(bug.from()), -1).length != 2) {
                throw new IllegalStateException(
                        "the bug '" + bug + "' does not fit " + bug.path() + " any more: adapt SeededBug");
            }
            return sound.replace(bug.from(), bug.to());
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith("io.scrip.")) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            byte[] bytes = compiled.containsKey(name) ? compiled.get(name).toByteArray() : original(name);
            return defineClass(name, bytes, 0, bytes.length);
        }
    }

    private byte[] original(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new ClassNotFoundException(name, unreadable);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(SeededBug bug) {
            super(URI.create("bug:///" + bug.path()), Kind.SOURCE);
            text = buggySource(bug);
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    /** Keeps what is compiled. */
    private final class KeptClasses extends ForwardingJavaFileManager<JavaFileManager> {
        KeptClasses(JavaFileManager standard) {
            super(standard);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("bug:///" + name), kind) {
                @Override
                public OutputStream openOutputStream() {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    compiled.put(name, bytes);
                    return bytes;
                }
            };
        }
    }
}
