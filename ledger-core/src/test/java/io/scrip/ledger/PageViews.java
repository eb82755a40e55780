package io.scrip.ledger;

import io.scrip.protocol.BatchDecoder;
import io.scrip.protocol.HoldStatus;
import io.scrip.protocol.LegEventDecoder;
import io.scrip.protocol.LegKind;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.OutcomeReplyDecoder;
import io.scrip.protocol.Role;
import io.scrip.protocol.WalletReplyDecoder;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;

/** What a page looks at between its commands. */
final class PageViews {
    /** What became of an id. */
    record Fate(long event, HoldStatus hold, long left, long expiresAt, long reversed) {}

    private final TestLedger ledger;
    private final PageNames names;
    private final PageLots lots;

    PageViews(TestLedger ledger, PageNames names, PageLots lots) {
        this.ledger = ledger;
        this.names = names;
        this.lots = lots;
    }

    /** Numbers of an account; empty for a sub-account that was never opened. */
    Map<String, Long> account(long wallet, long token, int account) {
        for (WalletReplyDecoder.AccountsDecoder entry : wallet(wallet).accounts()) {
            if (entry.token() == token && entry.account() == account) {
                return PageReply.balances(entry.balances());
            }
        }
        return Map.of();
    }

    String standing(long wallet) {
        WalletReplyDecoder decoder = wallet(wallet);
        return decoder.flags().closed() ? "closed" : decoder.flags().frozen() ? "frozen" : "open";
    }

    private WalletReplyDecoder wallet(long wallet) {
        DirectBuffer bytes = ledger.query(Commands.getWallet(Role.OPERATOR, 0, wallet));
        return new WalletReplyDecoder().wrapAndApplyHeader(bytes, 0, new MessageHeaderDecoder());
    }

    Fate fate(long[] id) {
        DirectBuffer bytes = ledger.query(Commands.getOutcome(id[0], id[1]));
        OutcomeReplyDecoder decoder =
                new OutcomeReplyDecoder().wrapAndApplyHeader(bytes, 0, new MessageHeaderDecoder());
        return new Fate(
                decoder.eventSequence(),
                decoder.holdStatus(),
                decoder.holdLeft(),
                decoder.expiresAt(),
                decoder.reversed());
    }

    boolean isRemembered(DirectBuffer command) {
        if (MessageShape.templateId(command, 0) == BatchDecoder.TEMPLATE_ID) {
            return FailedChain.items(command).stream().allMatch(this::isRemembered);
        }
        long high = command.getLong(MessageShape.ID_HIGH_OFFSET, ByteOrder.LITTLE_ENDIAN);
        long low = command.getLong(MessageShape.ID_LOW_OFFSET, ByteOrder.LITTLE_ENDIAN);
        return fate(new long[] {high, low}).event() != 0;
    }

    /** All wallets, their accounts and what bounds them, in words. */
    List<String> everything() {
        List<String> everything = new ArrayList<>();
        for (long wallet : names.wallets().values()) {
            DirectBuffer bytes = ledger.query(Commands.getWallet(Role.OPERATOR, 0, wallet));
            if (MessageShape.templateId(bytes, 0) != WalletReplyDecoder.TEMPLATE_ID) {
                continue;
            }
            WalletReplyDecoder decoder =
                    new WalletReplyDecoder().wrapAndApplyHeader(bytes, 0, new MessageHeaderDecoder());
            StringBuilder words = new StringBuilder("wallet " + wallet + " v" + decoder.version());
            for (WalletReplyDecoder.AccountsDecoder entry : decoder.accounts()) {
                words.append(" [")
                        .append(entry.token())
                        .append('/')
                        .append(entry.account())
                        .append(' ')
                        .append(PageReply.balances(entry.balances()))
                        .append(" last ")
                        .append(entry.lastEventSequence())
                        .append(']');
            }
            everything.add(words.toString());
            everything.add("wallet " + wallet + " " + RuleLedger.controls(ledger, wallet));
            everything.add("wallet " + wallet + " lots " + lots.inWords(wallet, Commands.token("CRD")));
        }
        return everything;
    }

    /** The lines that only one of two views has. */
    static String difference(List<String> before, List<String> after) {
        List<String> gone = new ArrayList<>(before);
        List<String> come = new ArrayList<>(after);
        gone.removeAll(after);
        come.removeAll(before);
        return "\n        before " + gone + "\n        after  " + come;
    }

    /** How many events from {@code first} on are of this id, and which holds expired. */
    int eventsOf(long[] id, int first) {
        int count = 0;
        for (DirectBuffer event : ledger.events.subList(first, ledger.events.size())) {
            LegEventDecoder leg = new LegEventDecoder()
                    .wrap(event, MessageHeaderDecoder.ENCODED_LENGTH, LegEventDecoder.BLOCK_LENGTH, 0);
            count += leg.id().high() == id[0] && leg.id().low() == id[1] ? 1 : 0;
        }
        return count;
    }

    List<String> expiredFrom(int first) {
        Map<String, String> expired = new LinkedHashMap<>();
        for (DirectBuffer event : ledger.events.subList(first, ledger.events.size())) {
            if (MessageShape.templateId(event, 0) != LegEventDecoder.TEMPLATE_ID) {
                continue;
            }
            LegEventDecoder leg = new LegEventDecoder().wrapAndApplyHeader(event, 0, new MessageHeaderDecoder());
            if (leg.kind() == LegKind.EXPIRY) {
                String word = names.wordOf(leg.holdId().high(), leg.holdId().low());
                expired.put(word, word);
            }
        }
        return List.copyOf(expired.keySet());
    }
}
