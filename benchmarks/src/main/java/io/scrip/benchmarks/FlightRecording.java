package io.scrip.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * What a recording of the JDK's flight recorder says about a server's threads.
 *
 * @param running   where they were while they ran Java, in samples; the outermost frame is the thread
 * @param allocated where they allocated what, in bytes, as far as samples can tell; the innermost frame is the class
 */
record FlightRecording(Stacks running, Stacks allocated) {
    private static final String RUNNING = "jdk.ExecutionSample";
    private static final String ALLOCATED = "jdk.ObjectAllocationSample";

    /** Of the threads whose names begin so. */
    static FlightRecording read(Path file, List<String> threads) throws IOException {
        FlightRecording recording = new FlightRecording(new Stacks(), new Stacks());
        try (RecordingFile events = new RecordingFile(file)) {
            while (events.hasMoreEvents()) {
                recording.add(events.readEvent(), threads);
            }
        }
        return recording;
    }

    private void add(RecordedEvent event, List<String> threads) {
        boolean sample = event.getEventType().getName().equals(RUNNING);
        if (!sample && !event.getEventType().getName().equals(ALLOCATED)) {
            return;
        }
        RecordedThread thread = sample ? event.getThread("sampledThread") : event.getThread();
        String name = thread == null ? null : thread.getJavaName();
        if (name == null || threads.stream().noneMatch(name::startsWith) || event.getStackTrace() == null) {
            return;
        }
        List<String> frames = new ArrayList<>();
        for (RecordedFrame frame : event.getStackTrace().getFrames()) {
            frames.add(nameOf(frame));
        }
        frames.add(name);
        Collections.reverse(frames);
        if (sample) {
            running.add(frames, 1);
        } else {
            RecordedClass type = event.getClass("objectClass");
            frames.add("new " + (type == null ? "?" : typeName(type.getName())));
            allocated.add(frames, event.getLong("weight"));
        }
    }

    private static String nameOf(RecordedFrame frame) {
        RecordedMethod method = frame.getMethod();
        if (method == null || method.getType() == null) {
            return "?";
        }
        return methodName(method.getType().getName(), method.getName());
    }

    /** Without the numbers that the JVM gives to classes it makes while it runs, which differ from run to run. */
    static String methodName(String type, String method) {
        return type.replaceFirst("\\$\\$Lambda.*$", "\\$\\$Lambda") + "." + method;
    }

    /** A class as Java writes it: the JVM calls an array of bytes "[B". */
    static String typeName(String name) {
        int dimensions = name.lastIndexOf('[') + 1;
        if (dimensions == 0) {
            return name;
        }
        String element = name.substring(dimensions);
        String plain = switch (element.charAt(0)) {
            case 'B' -> "byte";
            case 'C' -> "char";
            case 'D' -> "double";
            case 'F' -> "float";
            case 'I' -> "int";
            case 'J' -> "long";
            case 'S' -> "short";
            case 'Z' -> "boolean";
            default -> element.substring(1, element.length() - 1);
        };
        return plain + "[]".repeat(dimensions);
    }
}
