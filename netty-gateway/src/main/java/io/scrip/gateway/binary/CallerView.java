package io.scrip.gateway.binary;

import io.scrip.gateway.history.CommandReader;
import io.scrip.gateway.history.StoredCommand;
import io.scrip.gateway.history.StoredDecision;
import io.scrip.gateway.json.OutcomeStatus;
import io.scrip.gateway.json.TokenScales;
import io.scrip.gateway.json.Viewer;
import io.scrip.ledger.MessageShape;
import io.scrip.protocol.BalancesDecoder;
import io.scrip.protocol.CommandReplyDecoder;
import io.scrip.protocol.IssueDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.MultiTransferDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.SettingsReplyDecoder;
import io.scrip.protocol.SpendingWindow;
import io.scrip.protocol.TransferDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Takes out of a reply what its receiver may not know, by the rules and tables of the HTTP answers: another's balances,
 * and why another's wallet was not debited. One instance belongs to one thread.
 */
final class CallerView {
    private static final int HEADER_BYTES = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int FROM_BALANCES = HEADER_BYTES + CommandReplyDecoder.fromBalancesEncodingOffset();
    private static final int TO_BALANCES = HEADER_BYTES + CommandReplyDecoder.toBalancesEncodingOffset();
    /** Where issued value comes from. */
    private static final long PLATFORM_WALLET = 1;

    private final CommandReader commands = new CommandReader();

    /** A CommandReply to the command that was sent. */
    void command(MutableDirectBuffer reply, DirectBuffer sent, int lengthBytes, Viewer viewer) {
        ReplyPlaces places = ReplyPlaces.OF_COMMAND;
        if (places.outcomeOf(reply, ReplyPlaces.COMMAND_AT) == Outcome.APPLIED.value()) {
            showBalances(reply, sent, viewer);
            applied(places, reply, ReplyPlaces.COMMAND_AT, sent, 0);
        } else {
            hide(reply, FROM_BALANCES);
            hide(reply, TO_BALANCES);
            refusal(places, reply, ReplyPlaces.COMMAND_AT, sent, 0, lengthBytes);
        }
    }

    /** A result of a batch, and the item's command. */
    void item(MutableDirectBuffer reply, int resultAt, DirectBuffer batch, int commandAt, int commandBytes) {
        if (ReplyPlaces.OF_ITEM.outcomeOf(reply, resultAt) == Outcome.APPLIED.value()) {
            applied(ReplyPlaces.OF_ITEM, reply, resultAt, batch, commandAt);
        } else {
            refusal(ReplyPlaces.OF_ITEM, reply, resultAt, batch, commandAt, commandBytes);
        }
    }

    /** Several legs, which may be of several tokens, have no one amount. */
    private static void applied(
            ReplyPlaces places, MutableDirectBuffer reply, int at, DirectBuffer sent, int commandAt) {
        if (MessageShape.templateId(sent, commandAt) == MultiTransferDecoder.TEMPLATE_ID) {
            keepIf(false, reply, at + places.amount());
            keepIf(false, reply, at + places.token());
        }
    }

    /** Balances are told of what names its two parties itself. */
    private static void showBalances(MutableDirectBuffer reply, DirectBuffer sent, Viewer viewer) {
        int templateId = MessageShape.templateId(sent, 0);
        boolean showsFrom = false;
        boolean showsTo = false;
        if (templateId == TransferDecoder.TEMPLATE_ID) {
            showsFrom = viewer.mayRead(i64(sent, HEADER_BYTES + TransferDecoder.fromEncodingOffset()));
            showsTo = viewer.mayRead(i64(sent, HEADER_BYTES + TransferDecoder.toEncodingOffset()));
        } else if (templateId == IssueDecoder.TEMPLATE_ID) {
            showsFrom = viewer.mayRead(PLATFORM_WALLET);
            showsTo = viewer.mayRead(i64(sent, HEADER_BYTES + IssueDecoder.toEncodingOffset()));
        }
        if (!showsFrom) {
            hide(reply, FROM_BALANCES);
        }
        if (!showsTo) {
            hide(reply, TO_BALANCES);
        }
    }

    private static void hide(MutableDirectBuffer reply, int at) {
        reply.setMemory(at, BalancesDecoder.ENCODED_LENGTH, (byte) 0);
    }

    private void refusal(
            ReplyPlaces places, MutableDirectBuffer reply, int at, DirectBuffer sent, int commandAt, int commandBytes) {
        Outcome outcome = Outcome.get((short) places.outcomeOf(reply, at));
        StoredCommand command = commands.read(sent, commandAt, commandBytes);
        StoredDecision decision = new StoredDecision(
                places.i64(reply, at, places.eventSequence()),
                0,
                0,
                command.origin().idHigh(),
                command.origin().idLow(),
                outcome,
                places.i64(reply, at, places.wallet()),
                places.i64(reply, at, places.needed()),
                places.i64(reply, at, places.available()),
                places.i64(reply, at, places.limitValue()),
                SpendingWindow.get(reply.getByte(at + places.window())),
                places.i64(reply, at, places.token()),
                0,
                command);
        Outcome visible = command.visible(decision);
        OutcomeStatus row = OutcomeStatus.of(visible, command.templateId());
        if (row == null) {
            throw new IllegalStateException("an outcome without a row: " + visible);
        }
        boolean plain = visible == outcome;
        boolean numbers = plain && command.scaleOfNumbers(decision, 0) != TokenScales.UNKNOWN;
        reply.putByte(at + places.outcome(), (byte) visible.value());
        keepIf(numbers && row.showsNeeded(), reply, at + places.needed());
        keepIf(numbers && row.showsAvailable(), reply, at + places.available());
        keepIf(numbers && row.showsLimit(), reply, at + places.limitValue());
        keepIf(numbers, reply, at + places.token());
        keepIf(plain && row.showsWallet(), reply, at + places.wallet());
        keepIf(false, reply, at + places.amount());
        keepIf(false, reply, at + places.fee());
        keepIf(false, reply, at + places.expiresAt());
        if (!plain || !row.showsWallet()) {
            reply.putByte(at + places.window(), (byte) SpendingWindow.NONE.value());
        }
    }

    private static void keepIf(boolean keep, MutableDirectBuffer reply, int at) {
        if (!keep) {
            reply.putLong(at, 0);
        }
    }

    /** The wallets that earn the fees are for those who read all. */
    void settings(MutableDirectBuffer reply, Viewer viewer) {
        if (viewer.readsAll()) {
            return;
        }
        int tokens = HEADER_BYTES + SettingsReplyDecoder.BLOCK_LENGTH;
        int headBytes = SettingsReplyDecoder.TokensDecoder.sbeHeaderSize();
        int fees = tokens + headBytes + u16(reply, tokens + Short.BYTES) * u16(reply, tokens);
        int feeBytes = u16(reply, fees);
        for (int i = 0; i < u16(reply, fees + Short.BYTES); i++) {
            int at = fees + headBytes + i * feeBytes;
            reply.putLong(at + SettingsReplyDecoder.FeesDecoder.revenueWalletEncodingOffset(), 0);
        }
    }

    private static int u16(DirectBuffer buffer, int at) {
        return buffer.getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    private static long i64(DirectBuffer buffer, int at) {
        return buffer.getLong(at, ByteOrder.LITTLE_ENDIAN);
    }
}
