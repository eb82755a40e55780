package io.scrip.journal;

import net.openhft.chronicle.core.Jvm;

/** Says to Chronicle, before its first class that asks, what this process wants of it. */
final class ChronicleSetup {
    static {
        setUnlessSet("chronicle.analytics.disable", "true");
        setUnlessSet("chronicle.announcer.disable", "true");
        // Its monitor starts a thread and prints; the journal watches its own reserve.
        setUnlessSet("chronicle.disk.monitor.disable", "true");
        Jvm.disableDebugHandler();
        Jvm.disablePerfHandler();
    }

    private ChronicleSetup() {}

    /** Does its work once per process, by loading this class. */
    static void apply() {}

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
