package io.scrip.journal;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.channels.FileChannel;

/**
 * Keeps a file open when a thread that reads or writes it is interrupted: Java would close it. What Java has for this is
 * its own (since 11); the launcher and the jar's manifest open the package. Chronicle's way would load Chronicle for
 * whoever only reads. Any thread.
 */
final class Uninterruptible {
    private static final Class<?> REAL = real();
    private static final MethodHandle SET = setter();

    private Uninterruptible() {}

    /** Does nothing with a channel of another file system than the machine's. */
    static void make(FileChannel channel) {
        if (!REAL.isInstance(channel)) {
            return;
        }
        try {
            SET.invoke(channel);
        } catch (RuntimeException | Error unexpected) {
            throw unexpected;
        } catch (Throwable never) {
            throw new IllegalStateException("setUninterruptible throws nothing checked", never);
        }
    }

    private static Class<?> real() {
        try {
            return Class.forName("sun.nio.ch.FileChannelImpl");
        } catch (ClassNotFoundException otherJava) {
            throw missing(otherJava);
        }
    }

    private static MethodHandle setter() {
        try {
            return MethodHandles.privateLookupIn(REAL, MethodHandles.lookup())
                    .findVirtual(REAL, "setUninterruptible", MethodType.methodType(void.class));
        } catch (ReflectiveOperationException otherJava) {
            throw missing(otherJava);
        }
    }

    private static IllegalStateException missing(ReflectiveOperationException why) {
        return new IllegalStateException(
                "needs a Java with sun.nio.ch.FileChannelImpl.setUninterruptible, opened with"
                        + " --add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                why);
    }
}
