package io.scrip.tools;

import io.scrip.engine.JournalFailure;
import io.scrip.engine.Pipeline;
import java.io.PrintWriter;
import org.slf4j.LoggerFactory;

/**
 * Ends the process at once when a stage of the pipeline has failed: no shutdown hook, no answer, no retry. What was
 * acknowledged is durable, what was not is for the client to ask about.
 */
record Halt(PrintWriter err) implements Pipeline.FaultHandler {
    @Override
    public void onFault(Throwable fault) {
        ExitCode code = fault instanceof JournalFailure failure ? ExitCode.of(failure.kind()) : ExitCode.INTERNAL;
        try {
            err.println("scrip: halted, nothing unacknowledged was answered: " + Scrip.describe(fault));
            err.flush();
            LoggerFactory.getLogger(Halt.class).debug("the pipeline failed", fault);
        } finally {
            Runtime.getRuntime().halt(code.number());
        }
    }
}
