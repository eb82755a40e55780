package io.scrip.client;

import io.scrip.protocol.BatchReplyDecoder;
import io.scrip.protocol.CommandReplyDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.OutcomeReplyDecoder;
import io.scrip.protocol.ProblemDecoder;
import io.scrip.protocol.WalletReplyDecoder;
import io.scrip.protocol.WelcomeDecoder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** The flyweights that read messages. One instance belongs to one client's thread. */
final class Decoders {
    final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final CommandReplyDecoder command = new CommandReplyDecoder();
    private final BatchReplyDecoder batch = new BatchReplyDecoder();
    private final WalletReplyDecoder wallet = new WalletReplyDecoder();
    private final OutcomeReplyDecoder outcome = new OutcomeReplyDecoder();
    private final ProblemDecoder problem = new ProblemDecoder();
    private final WelcomeDecoder welcome = new WelcomeDecoder();

    int templateId(DirectBuffer buffer, int offset) {
        return header.wrap(buffer, offset).templateId();
    }

    Result command(int templateId, DirectBuffer buffer, int offset) {
        return templateId == CommandReplyDecoder.TEMPLATE_ID
                ? Result.of(command.wrapAndApplyHeader(buffer, offset, header))
                : null;
    }

    /** The results of a batch, to be read in order; {@code null} when it is no batch's reply. */
    BatchReplyDecoder batch(int templateId, DirectBuffer buffer, int offset) {
        return templateId == BatchReplyDecoder.TEMPLATE_ID ? batch.wrapAndApplyHeader(buffer, offset, header) : null;
    }

    List<Result> results(int templateId, DirectBuffer buffer, int offset) {
        BatchReplyDecoder reply = batch(templateId, buffer, offset);
        if (reply == null) {
            return null;
        }
        List<Result> results = new ArrayList<>();
        for (BatchReplyDecoder.ResultsDecoder result : reply.results()) {
            results.add(Result.of(reply, result));
        }
        return results;
    }

    WalletState wallet(int templateId, DirectBuffer buffer, int offset) {
        return templateId == WalletReplyDecoder.TEMPLATE_ID
                ? WalletState.of(wallet.wrapAndApplyHeader(buffer, offset, header))
                : null;
    }

    OutcomeState outcome(int templateId, DirectBuffer buffer, int offset) {
        return templateId == OutcomeReplyDecoder.TEMPLATE_ID
                ? OutcomeState.of(outcome.wrapAndApplyHeader(buffer, offset, header))
                : null;
    }

    ProblemDecoder problem(DirectBuffer buffer, int offset) {
        return problem.wrapAndApplyHeader(buffer, offset, header);
    }

    WelcomeDecoder welcome(DirectBuffer buffer, int offset) {
        return welcome.wrapAndApplyHeader(buffer, offset, header);
    }
}
