package io.scrip.testkit.sim;

import io.scrip.protocol.BatchReplyDecoder;
import io.scrip.protocol.CommandReplyDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** What a reply says of one command, as a client understands it. */
record Verdict(Outcome outcome, boolean replayed, long eventSequence) {

    /** One for a command, one for each item of a batch, none for an answer to a query. */
    static List<Verdict> of(DirectBuffer reply) {
        MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(reply, 0);
        List<Verdict> verdicts = new ArrayList<>();
        if (header.templateId() == BatchReplyDecoder.TEMPLATE_ID) {
            BatchReplyDecoder batch = new BatchReplyDecoder().wrapAndApplyHeader(reply, 0, header);
            for (BatchReplyDecoder.ResultsDecoder result : batch.results()) {
                verdicts.add(new Verdict(result.outcome(), result.flags().replayed(), result.eventSequence()));
            }
            return verdicts;
        }
        if (header.templateId() != CommandReplyDecoder.TEMPLATE_ID) {
            return verdicts;
        }
        CommandReplyDecoder command = new CommandReplyDecoder().wrapAndApplyHeader(reply, 0, header);
        verdicts.add(new Verdict(command.outcome(), command.flags().replayed(), command.eventSequence()));
        return verdicts;
    }
}
