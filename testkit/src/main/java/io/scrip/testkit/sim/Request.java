package io.scrip.testkit.sim;

import java.util.List;
import org.agrona.DirectBuffer;

/** Something a client wants, and what it knows of it. */
final class Request {
    final DirectBuffer message;
    final boolean dryRun;
    final Client client;
    /** What the first answer said; null while the outcome is unknown. */
    List<Verdict> verdicts;

    Request(Client client, DirectBuffer message, boolean dryRun) {
        this.client = client;
        this.message = message;
        this.dryRun = dryRun;
    }
}
