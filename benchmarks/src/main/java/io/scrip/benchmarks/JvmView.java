package io.scrip.benchmarks;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import jdk.management.jfr.FlightRecorderMXBean;

/** Looks into another JVM of this machine: what its threads have allocated, what lives on its heap. Needs a JDK. */
final class JvmView implements AutoCloseable {
    private final long pid;
    private final JMXConnector connector;
    private final com.sun.management.ThreadMXBean threads;
    private final MemoryMXBean memory;
    private final FlightRecorderMXBean recorder;

    /** What a thread has had of the processor so far, in user mode and in all. */
    record Cpu(long ns, long userNs) {
        private static final Cpu NONE = new Cpu(0, 0);

        /** What came after an earlier look; null: there was none. */
        Cpu since(Cpu earlier) {
            Cpu before = earlier == null ? NONE : earlier;
            return new Cpu(ns - before.ns, userNs - before.userNs);
        }

        Cpu plus(Cpu other) {
            return new Cpu(ns + other.ns, userNs + other.userNs);
        }
    }

    private JvmView(long pid, JMXConnector connector, MBeanServerConnection connection) throws IOException {
        this.pid = pid;
        this.connector = connector;
        threads = ManagementFactory.newPlatformMXBeanProxy(
                connection, ManagementFactory.THREAD_MXBEAN_NAME, com.sun.management.ThreadMXBean.class);
        memory = ManagementFactory.newPlatformMXBeanProxy(
                connection, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
        recorder = ManagementFactory.newPlatformMXBeanProxy(
                connection, FlightRecorderMXBean.MXBEAN_NAME, FlightRecorderMXBean.class);
    }

    // The address is the one that the JVM of this machine has just told.
    @SuppressWarnings("BanJNDI")
    static JvmView of(long pid) throws IOException {
        try {
            VirtualMachine machine = VirtualMachine.attach(String.valueOf(pid));
            try {
                JMXConnector connector =
                        JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
                return new JvmView(pid, connector, connector.getMBeanServerConnection());
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new IOException("cannot look into process " + pid + ": " + e.getMessage(), e);
        }
    }

    /** Bytes allocated so far by the threads whose names begin so. */
    long allocatedBytes(String threadNames) {
        long sum = 0;
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith(threadNames)) {
                sum += Math.max(0, threads.getThreadAllocatedBytes(thread.getThreadId()));
            }
        }
        return sum;
    }

    /** By the names of Java's threads that live. */
    Map<String, Cpu> cpuByThread() {
        Map<String, Cpu> byName = new TreeMap<>();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null) {
                long id = thread.getThreadId();
                Cpu cpu =
                        new Cpu(Math.max(0, threads.getThreadCpuTime(id)), Math.max(0, threads.getThreadUserTime(id)));
                byName.merge(thread.getThreadName(), cpu, Cpu::plus);
            }
        }
        return byName;
    }

    /** Begins a recording of the flight recorder that samples often. */
    Recording record() throws IOException {
        long id = recorder.newRecording();
        recorder.setPredefinedConfiguration(id, "profile");
        Map<String, String> settings = new TreeMap<>(recorder.getRecordingSettings(id));
        settings.put("jdk.ExecutionSample#period", "10 ms");
        settings.put("jdk.ObjectAllocationSample#throttle", "2000/s");
        recorder.setRecordingSettings(id, settings);
        recorder.startRecording(id);
        return new Recording(recorder, id);
    }

    /** One that is under way until it is closed. */
    record Recording(FlightRecorderMXBean recorder, long id) implements AutoCloseable {
        /** Ends it, and has the other JVM write it into this file of this machine. */
        void write(Path file) throws IOException {
            recorder.stopRecording(id);
            Files.deleteIfExists(file);
            recorder.copyTo(id, file.toString());
        }

        @Override
        public void close() throws IOException {
            recorder.closeRecording(id);
        }
    }

    /** What is left on the heap after it was collected. */
    long liveHeapBytes() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            memory.gc();
            least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    /** Memory of the process in RAM; on Linux. */
    long residentBytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) << 10;
            }
        }
        throw new IOException("no VmRSS of process " + pid);
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
