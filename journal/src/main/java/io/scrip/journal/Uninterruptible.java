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
    private static final MethodHandle SET = find();

    private Uninterruptible() {}

    static void make(FileChannel channel) {
        try {
            SET.invoke(channel);
        } catch (RuntimeException | Error unexpected) {
            throw unexpected;
        } catch (Throwable never) {
            throw new IllegalStateException("setUninterruptible throws nothing checked", never);
        }
    }

    private static MethodHandle find() {
        try {
            Class<?> type = Class.forName("sun.nio.ch.FileChannelImpl");
            return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                    .findVirtual(type, "setUninterruptible", MethodType.methodType(void.class));
        } catch (ReflectiveOperationException otherJava) {
            throw new IllegalStateException(
                    "needs a Java with sun.nio.ch.FileChannelImpl.setUninterruptible, opened with"
                            + " --add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                    otherJava);
        }
    }
}
