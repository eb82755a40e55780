package io.scrip.ledger;

import io.scrip.protocol.BalancesDecoder;
import io.scrip.protocol.BatchReplyDecoder;
import io.scrip.protocol.CommandReplyDecoder;
import io.scrip.protocol.FeePayer;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;

/** A reply as a page sees it: the outcome, whether it was replayed, and every number by name. */
record PageReply(Outcome outcome, boolean replayed, FeePayer feePayer, Map<String, Long> numbers) {

    /** One reply for a command, one for each item of a batch. */
    static List<PageReply> decode(DirectBuffer bytes) {
        MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(bytes, 0);
        List<PageReply> replies = new ArrayList<>();
        if (header.templateId() == CommandReplyDecoder.TEMPLATE_ID) {
            replies.add(command(new CommandReplyDecoder().wrapAndApplyHeader(bytes, 0, header)));
            return replies;
        }
        BatchReplyDecoder batch = new BatchReplyDecoder().wrapAndApplyHeader(bytes, 0, header);
        long timestampNs = batch.timestamp();
        for (BatchReplyDecoder.ResultsDecoder result : batch.results()) {
            Map<String, Long> numbers = new LinkedHashMap<>();
            numbers.put("amount", result.amount());
            numbers.put("fee", result.fee());
            numbers.put("expires", result.expiresAt() == 0 ? 0 : result.expiresAt() - timestampNs);
            numbers.put("needed", result.needed());
            numbers.put("available", result.available());
            numbers.put("limit", result.limitValue());
            numbers.put("wallet", result.wallet());
            numbers.put("window", (long) result.window().value());
            numbers.put("event", result.eventSequence());
            replies.add(new PageReply(result.outcome(), result.flags().replayed(), FeePayer.RECEIVER, numbers));
        }
        return replies;
    }

    /** The outcome and every number that is not zero. */
    String inWords() {
        StringBuilder words = new StringBuilder(replayed ? "replayed " : "").append(outcome);
        numbers.forEach((name, value) -> words.append(value == 0 ? "" : " " + name + "=" + value));
        return words.toString();
    }

    private static PageReply command(CommandReplyDecoder reply) {
        Map<String, Long> numbers = new LinkedHashMap<>();
        numbers.put("amount", reply.amount());
        numbers.put("fee", reply.fee());
        numbers.put("needed", reply.needed());
        numbers.put("available", reply.available());
        numbers.put("limit", reply.limitValue());
        numbers.put("expires", reply.expiresAt() == 0 ? 0 : reply.expiresAt() - reply.timestamp());
        numbers.put("wallet", reply.wallet());
        numbers.put("window", (long) reply.window().value());
        numbers.put("event", reply.eventSequence());
        side("from.", reply.fromBalances(), numbers);
        side("to.", reply.toBalances(), numbers);
        return new PageReply(reply.outcome(), reply.flags().replayed(), reply.feePayer(), numbers);
    }

    private static void side(String prefix, BalancesDecoder side, Map<String, Long> numbers) {
        balances(side).forEach((name, value) -> numbers.put(prefix + name, value));
    }

    /** The numbers of one account, under the names of a page's columns. */
    static Map<String, Long> balances(BalancesDecoder side) {
        long posted = side.creditsPosted() - side.debitsPosted();
        boolean unlimited = side.floor() == Accounts.NO_FLOOR;
        Map<String, Long> numbers = new LinkedHashMap<>();
        numbers.put("posted", posted);
        numbers.put("out", side.debitsPending());
        numbers.put("in", side.creditsPending());
        long free = posted - side.debitsPending() - side.withheld();
        numbers.put("available", unlimited ? Long.MAX_VALUE : free - side.floor());
        numbers.put("version", side.version());
        numbers.put("staked", side.staked());
        numbers.put("withheld", side.withheld());
        numbers.put("floor", side.floor());
        numbers.put("ceiling", side.ceiling());
        return numbers;
    }
}
