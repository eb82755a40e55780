package io.scrip.tools;

import io.scrip.engine.JournalFailure;

/**
 * How the {@code scrip} command ends; the numbers are part of its interface and never change their meaning.
 * {@code docs/operations.md} tells what to do about each.
 */
public enum ExitCode {
    OK(0, "done, or stopped by SIGTERM after everything accepted was answered"),
    FAILED(1, "a check, a test or a comparison found something wrong"),
    USAGE(2, "the command line or the configuration is wrong"),
    PORT_IN_USE(3, "the address to listen on is taken or not allowed"),
    DATA_LOCKED(4, "another process has the data folder open"),
    JOURNAL_DAMAGED(5, "the journal is not what was written; nothing was changed"),
    DISK(6, "the disk or the data folder refused a read, a write or a flush"),
    UNSUPPORTED_VERSION(7, "the data folder is not Scrip's, or a newer Scrip wrote it"),
    NOT_A_RECEIPT(8, "the file is not a receipt"),
    RECEIPT_TAMPERED(9, "the receipt is not what was signed"),
    OTHER_KEY(10, "the receipt is signed by another key than the one given"),
    DIVERGED(11, "two replays of one journal are in different states; nothing was written"),
    PRUNED(12, "what was asked for has been pruned"),
    STOP_FORCED(13, "it did not stop in time after SIGTERM and was halted; everything acknowledged is safe"),
    INTERNAL(70, "a fault of Scrip itself");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    /** The process's exit status. */
    public int number() {
        return number;
    }

    /** One clause, for help texts. */
    public String meaning() {
        return meaning;
    }

    static ExitCode of(JournalFailure.Kind kind) {
        return switch (kind) {
            case DAMAGED -> JOURNAL_DAMAGED;
            case LOCKED -> DATA_LOCKED;
            case DEVICE -> DISK;
            case UNREADABLE -> UNSUPPORTED_VERSION;
            case PRUNED -> ExitCode.PRUNED;
        };
    }
}
