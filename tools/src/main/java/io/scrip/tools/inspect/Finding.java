package io.scrip.tools.inspect;

import io.scrip.engine.JournalFailure;
import io.scrip.tools.ExitCode;
import java.nio.file.Path;

/**
 * Something that is not as it must be, and what to do about it.
 *
 * @param file        null when it is about no single file
 * @param offsetBytes -1 when no single place is meant
 * @param sequence    of the part's own records; -1 when none is meant
 */
record Finding(Part part, String file, long offsetBytes, long sequence, String problem) {
    /** How a journal's failure begins: the part's title says as much. */
    private static final String DAMAGED_JOURNAL = "damaged journal: ";

    /** What a ledger's folder consists of, and what its loss means. */
    enum Part {
        JOURNAL("journal", ExitCode.JOURNAL_DAMAGED, "keep the folder for inquiry and restore a backup"),
        EVENTS("event log", ExitCode.FAILED, "start the server: it makes the event log again from the journal"),
        SNAPSHOT(
                "snapshot",
                ExitCode.FAILED,
                "remove the file: the server starts from an older one or from the journal"),
        PROOF("proof", ExitCode.FAILED, "restore signing.key and statements from a backup; the ledger needs neither"),
        LEDGER("ledger", ExitCode.FAILED, "stop using this folder and report it: the program contradicts itself");

        private final String title;
        private final ExitCode exitCode;
        private final String advice;

        Part(String title, ExitCode exitCode, String advice) {
            this.title = title;
            this.exitCode = exitCode;
            this.advice = advice;
        }

        String title() {
            return title;
        }

        ExitCode exitCode() {
            return exitCode;
        }

        String advice() {
            return advice;
        }
    }

    static Finding at(Part part, Path file, long offsetBytes, long sequence, String problem) {
        return new Finding(part, file.toString(), offsetBytes, sequence, problem);
    }

    static Finding of(Part part, JournalFailure failure) {
        String problem = failure.getMessage();
        boolean twice = part == Part.JOURNAL && problem.startsWith(DAMAGED_JOURNAL);
        return new Finding(
                part,
                failure.file(),
                failure.offsetBytes(),
                failure.sequence(),
                twice ? problem.substring(DAMAGED_JOURNAL.length()) : problem);
    }

    static Finding of(Part part, String problem) {
        return new Finding(part, null, -1, -1, problem);
    }

    /** One line: what, where, why. */
    String line() {
        StringBuilder line = new StringBuilder(part.title()).append(": ");
        if (file != null && !problem.contains(file)) {
            line.append(file);
            if (offsetBytes >= 0) {
                line.append(" at byte ").append(offsetBytes);
            }
            if (sequence >= 0) {
                line.append(", sequence ").append(sequence);
            }
            line.append(": ");
        }
        return line.append(problem).toString();
    }
}
