package io.scrip.ledger;

import io.scrip.protocol.AllowCounterpartyEncoder;
import io.scrip.protocol.BudgetScope;
import io.scrip.protocol.KillSwitchEncoder;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.RemoveCounterpartyEncoder;
import io.scrip.protocol.SetBudgetEncoder;
import io.scrip.protocol.SetLimitEncoder;
import io.scrip.protocol.SetParentEncoder;
import io.scrip.protocol.SpendingWindow;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/** Turns the rows that bound what is spent into commands. A cap that a row does not name is unlimited. */
final class PageControls {
    private static final String UNLIMITED = "max";

    private final PageNames names;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    PageControls(PageNames names) {
        this.names = names;
    }

    DirectBuffer encode(PageRow row, long nowNs) {
        return switch (row.verb()) {
            case "parent" -> parent(row, nowNs);
            case "limit" -> limit(row, nowNs);
            case "budget" -> budget(row, nowNs);
            case "allow" -> allow(row, nowNs);
            case "disallow" -> disallow(row, nowNs);
            case "kill", "revive" -> killSwitch(row, nowNs);
            default -> throw new IllegalArgumentException("'" + row.verb() + "' bounds nothing");
        };
    }

    private static String by(PageRow row) {
        return row.or("by", "operator");
    }

    private static long cap(PageRow row, String column) {
        return PageNumbers.amount(row.or(column, UNLIMITED));
    }

    private DirectBuffer parent(PageRow row, long nowNs) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        SetParentEncoder encoder = new SetParentEncoder().wrapAndApplyHeader(buffer, 0, header);
        names.writeId(encoder.id(), row.needed("id"), nowNs);
        names.writeCaller(encoder.caller(), by(row));
        encoder.wallet(names.wallet(row.needed("wallet"))).parent(names.wallet(row.needed("parent")));
        return PageCommands.message(buffer, encoder.encodedLength(), row);
    }

    private DirectBuffer limit(PageRow row, long nowNs) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        SetLimitEncoder encoder = new SetLimitEncoder().wrapAndApplyHeader(buffer, 0, header);
        String wallet = row.needed("wallet");
        names.writeId(encoder.id(), row.needed("id"), nowNs);
        names.writeCaller(encoder.caller(), by(row));
        encoder.wallet(names.wallet(wallet))
                .token(Commands.token(row.or("token", "CRD")))
                .account(PageNames.account(wallet))
                .window(SpendingWindow.valueOf(row.or("window", "HOUR")))
                .maxCount(cap(row, "count"))
                .maxSum(cap(row, "sum"));
        return PageCommands.message(buffer, encoder.encodedLength(), row);
    }

    private DirectBuffer budget(PageRow row, long nowNs) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        SetBudgetEncoder encoder = new SetBudgetEncoder().wrapAndApplyHeader(buffer, 0, header);
        names.writeId(encoder.id(), row.needed("id"), nowNs);
        names.writeCaller(encoder.caller(), by(row));
        encoder.wallet(names.wallet(row.needed("wallet")))
                .token(Commands.token(row.or("token", "CRD")))
                .scope(BudgetScope.valueOf(row.or("scope", "OWN")))
                .perCall(cap(row, "call"))
                .perDay(cap(row, "day"))
                .perMonth(cap(row, "month"));
        return PageCommands.message(buffer, encoder.encodedLength(), row);
    }

    private DirectBuffer allow(PageRow row, long nowNs) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        AllowCounterpartyEncoder encoder = new AllowCounterpartyEncoder().wrapAndApplyHeader(buffer, 0, header);
        names.writeId(encoder.id(), row.needed("id"), nowNs);
        names.writeCaller(encoder.caller(), by(row));
        encoder.wallet(names.wallet(row.needed("wallet"))).counterparty(names.wallet(row.needed("payee")));
        return PageCommands.message(buffer, encoder.encodedLength(), row);
    }

    private DirectBuffer disallow(PageRow row, long nowNs) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        RemoveCounterpartyEncoder encoder = new RemoveCounterpartyEncoder().wrapAndApplyHeader(buffer, 0, header);
        names.writeId(encoder.id(), row.needed("id"), nowNs);
        names.writeCaller(encoder.caller(), by(row));
        encoder.wallet(names.wallet(row.needed("wallet"))).counterparty(names.wallet(row.needed("payee")));
        return PageCommands.message(buffer, encoder.encodedLength(), row);
    }

    private DirectBuffer killSwitch(PageRow row, long nowNs) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        KillSwitchEncoder encoder = new KillSwitchEncoder().wrapAndApplyHeader(buffer, 0, header);
        names.writeId(encoder.id(), row.needed("id"), nowNs);
        names.writeCaller(encoder.caller(), by(row));
        encoder.wallet(names.wallet(row.needed("wallet")))
                .on((short) (row.verb().equals("kill") ? 1 : 0));
        encoder.reason("");
        return PageCommands.message(buffer, encoder.encodedLength(), row);
    }
}
