package io.scrip.ledger;

import io.scrip.protocol.BatchEncoder;
import io.scrip.protocol.Comparison;
import io.scrip.protocol.Measure;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.MultiTransferEncoder;
import io.scrip.protocol.Side;
import io.scrip.protocol.TransferEncoder;
import io.scrip.protocol.TransferKind;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/** Turns the rows that move value from wallet to wallet into commands. */
final class PageTransfers {
    private final PageNames names;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    PageTransfers(PageNames names) {
        this.names = names;
    }

    DirectBuffer transfer(PageRow row, long nowNs) {
        if (row.verb().equals("hold") != row.has("timeout")) {
            throw new IllegalArgumentException("a hold has a timeout and a transfer has none");
        }
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        TransferEncoder encoder = new TransferEncoder().wrapAndApplyHeader(buffer, 0, header);
        String from = row.needed("from");
        String to = row.needed("to");
        names.writeId(encoder.id(), row.needed("id"), nowNs);
        names.writeCaller(encoder.caller(), by(row, from));
        encoder.from(names.wallet(from))
                .to(names.wallet(to))
                .token(Commands.token(row.or("token", "CRD")))
                .amount(PageNumbers.amount(row.needed("amount")))
                .applyBefore(before(row, nowNs))
                .kind(TransferKind.valueOf(row.or("kind", "PLAIN")))
                .fromAccount(PageNames.account(from))
                .toAccount(PageNames.account(to))
                .timeoutNs(row.has("timeout") ? PageNumbers.ns(row.cell("timeout")) : 0);
        encoder.flags().clear().dryRun(row.has("dry run")).upTo(row.has("up to"));
        String[] conditions = row.has("if") ? row.cell("if").split(";") : new String[0];
        TransferEncoder.ConditionsEncoder group = encoder.conditionsCount(conditions.length);
        for (String condition : conditions) {
            condition(group.next(), condition);
        }
        encoder.reference(row.cell("reference")).metadata("");
        return PageCommands.message(buffer, encoder.encodedLength(), row);
    }

    private static String by(PageRow row, String from) {
        return row.or("by", from.contains("/") ? from.substring(0, from.indexOf('/')) : from);
    }

    /** {@code from available >= 40}. */
    private static void condition(TransferEncoder.ConditionsEncoder entry, String text) {
        String[] words = text.split(" +");
        if (words.length != 4) {
            throw new IllegalArgumentException("a condition is 'if from|to measure =|>=|<= number'");
        }
        Comparison comparison = switch (words[2]) {
            case "=" -> Comparison.EQUAL;
            case ">=" -> Comparison.AT_LEAST;
            case "<=" -> Comparison.AT_MOST;
            default -> throw new IllegalArgumentException("no comparison: " + words[2]);
        };
        entry.side(Side.valueOf(words[0].toUpperCase(Locale.ROOT)))
                .measure(Measure.valueOf(words[1].toUpperCase(Locale.ROOT)))
                .comparison(comparison)
                .value(PageNumbers.amount(words[3]));
    }

    /** {@code now}, {@code now+1ns}: the timestamp that the command itself will have; or an absolute number. */
    private static long before(PageRow row, long nowNs) {
        if (!row.has("before")) {
            return 0;
        }
        String text = row.cell("before");
        if (!text.startsWith("now")) {
            return PageNumbers.ns(text);
        }
        return nowNs + (text.length() > 3 ? PageNumbers.ns(text.substring(3)) : 0);
    }

    DirectBuffer multi(PageRow row, long nowNs) {
        List<PageRow> legs = row.parts();
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        MultiTransferEncoder encoder = new MultiTransferEncoder().wrapAndApplyHeader(buffer, 0, header);
        names.writeId(encoder.id(), row.needed("id"), nowNs);
        names.writeCaller(encoder.caller(), row.needed("by"));
        encoder.applyBefore(before(row, nowNs));
        MultiTransferEncoder.LegsEncoder group = encoder.legsCount(legs.size());
        for (PageRow leg : legs) {
            String from = leg.needed("from");
            String to = leg.needed("to");
            group.next()
                    .from(names.wallet(from))
                    .to(names.wallet(to))
                    .token(Commands.token(leg.or("token", "CRD")))
                    .amount(PageNumbers.amount(leg.needed("amount")))
                    .fromAccount(PageNames.account(from))
                    .toAccount(PageNames.account(to));
        }
        encoder.reference("").metadata("");
        return PageCommands.message(buffer, encoder.encodedLength(), row);
    }

    DirectBuffer batch(PageRow row, Function<PageRow, DirectBuffer> encode) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        BatchEncoder encoder = new BatchEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.id().high(0).low(0);
        names.writeCaller(encoder.caller(), row.needed("by"));
        BatchEncoder.ItemsEncoder group = encoder.itemsCount(row.parts().size());
        for (PageRow item : row.parts()) {
            DirectBuffer command = encode.apply(item);
            group.next().flags().clear().linked(item.link() == PageRow.Link.LINKED_ITEM);
            group.putCommand(command, 0, command.capacity());
        }
        return PageCommands.message(buffer, encoder.encodedLength(), row);
    }
}
