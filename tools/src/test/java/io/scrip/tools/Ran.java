package io.scrip.tools;

import java.io.PrintWriter;
import java.io.StringWriter;

/** A subcommand that ran in this process: how it ended and what it said. */
public record Ran(ExitCode code, String out, String err) {

    public static Ran scrip(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] texts = new String[arguments.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = arguments[i].toString();
        }
        int number = Scrip.run(new PrintWriter(out), new PrintWriter(err), texts);
        for (ExitCode code : ExitCode.values()) {
            if (code.number() == number) {
                return new Ran(code, out.toString(), err.toString());
            }
        }
        throw new AssertionError("exit code " + number);
    }

    /** Everything, for messages of assertions. */
    @Override
    public String toString() {
        return code + "\n" + out + err;
    }
}
