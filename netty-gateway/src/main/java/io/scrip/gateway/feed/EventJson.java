package io.scrip.gateway.feed;

import io.netty.buffer.ByteBuf;
import io.scrip.gateway.json.BalanceNumbers;
import io.scrip.gateway.json.BalancesJson;
import io.scrip.gateway.json.JsonOut;
import io.scrip.gateway.json.TokenScales;
import io.scrip.protocol.DecisionEventDecoder;
import io.scrip.protocol.LegEventDecoder;
import io.scrip.protocol.LotTermsDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import java.util.Base64;
import java.util.Locale;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes records of the event log as JSON objects, everything that is in them. The second and later legs of a command
 * do not hold it, so it is remembered from the first. One thread at a time.
 */
final class EventJson {
    private final boolean withCommands;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final LegEventDecoder leg = new LegEventDecoder();
    private final DecisionEventDecoder decision = new DecisionEventDecoder();
    private final UnsafeBuffer command = new UnsafeBuffer(0, 0);
    private final CommandJson commands;
    private final JsonOut json = new JsonOut();

    EventJson(TokenScales scales, boolean withCommands) {
        this.commands = new CommandJson(scales);
        this.withCommands = withCommands;
    }

    /** Which leg of its command a record is, from 0; 0 for everything else. */
    int legIndex(DirectBuffer event, int offset) {
        header.wrap(event, offset);
        return header.templateId() == LegEventDecoder.TEMPLATE_ID
                ? leg.wrapAndApplyHeader(event, offset, header).legIndex()
                : 0;
    }

    /** Remembers the command of a first leg without writing anything. */
    void prime(DirectBuffer event, int offset) {
        leg.wrapAndApplyHeader(event, offset, header);
        for (LegEventDecoder.LotsDecoder lot : leg.lots()) {
            lot.amount();
        }
        leg.wrapCommand(command);
        learn();
    }

    /** Writes one record, whatever its kind. */
    void write(ByteBuf out, DirectBuffer event, int offset) {
        header.wrap(event, offset);
        json.to(out);
        if (header.templateId() == LegEventDecoder.TEMPLATE_ID) {
            writeLeg(event, offset);
        } else if (header.templateId() == DecisionEventDecoder.TEMPLATE_ID) {
            writeDecision(event, offset);
        } else {
            throw new IllegalStateException("the event log holds a record of unknown template " + header.templateId());
        }
    }

    private void writeLeg(DirectBuffer event, int offset) {
        leg.wrapAndApplyHeader(event, offset, header);
        if (leg.legIndex() == 0) {
            prime(event, offset);
            leg.wrapAndApplyHeader(event, offset, header);
        }
        int scale = leg.scale();
        json.beginObject().name("event_sequence").number(leg.eventSequence());
        json.name("type").string("leg").name("sequence").number(leg.sequence());
        json.name("timestamp").timestamp(leg.timestamp());
        json.name("id").uuid(leg.id().high(), leg.id().low());
        json.name("outcome").string(leg.outcome().name().toLowerCase(Locale.ROOT));
        commands.writeOrigin(json);
        json.name("leg").number(leg.legIndex()).name("legs").number(leg.legCount());
        json.name("kind").string(leg.kind().name().toLowerCase(Locale.ROOT));
        json.name("token").token(leg.token());
        json.name("amount").amount(leg.amount(), scale).name("fee").amount(leg.fee(), scale);
        json.name("fee_payer")
                .string(leg.fee() == 0 ? null : leg.feePayer().name().toLowerCase(Locale.ROOT));
        json.name("from").wallet(leg.from()).name("from_account").number(leg.fromAccount());
        json.name("to").wallet(leg.to()).name("to_account").number(leg.toAccount());
        json.name("previous_from_event").number(leg.previousFromEvent());
        json.name("previous_to_event").number(leg.previousToEvent());
        json.name("expires_at").timestamp(leg.expiresAt()).name("hold_id");
        if (leg.holdId().high() == 0 && leg.holdId().low() == 0) {
            json.nullValue();
        } else {
            json.uuid(leg.holdId().high(), leg.holdId().low());
        }
        json.name("balances").beginObject();
        json.name("from");
        BalancesJson.write(json, leg.token(), scale, BalanceNumbers.of(leg.fromBalances()));
        json.name("to");
        BalancesJson.write(json, leg.token(), scale, BalanceNumbers.of(leg.toBalances()));
        json.endObject();
        writeLots(scale);
        leg.wrapCommand(command);
        writeTextsAndCommand();
        json.endObject();
    }

    private void writeLots(int scale) {
        json.name("lots").beginArray();
        for (LegEventDecoder.LotsDecoder lot : leg.lots()) {
            LotTermsDecoder terms = lot.terms();
            json.beginObject().name("amount").amount(lot.amount(), scale);
            json.name("category").string(terms.category().name().toLowerCase(Locale.ROOT));
            json.name("priority").number(terms.priority());
            json.name("effective_at").timestamp(terms.effectiveAt());
            json.name("expires_at").timestamp(timeOrNone(terms.expiresAt()));
            json.name("convertible_from");
            if (terms.convertibleFrom() == Long.MAX_VALUE) {
                json.string("never");
            } else {
                json.timestamp(terms.convertibleFrom());
            }
            json.endObject();
        }
        json.endArray();
    }

    private void writeDecision(DirectBuffer event, int offset) {
        decision.wrapAndApplyHeader(event, offset, header);
        decision.wrapCommand(command);
        learn();
        json.beginObject().name("event_sequence").number(decision.eventSequence());
        json.name("type").string("decision").name("sequence").number(decision.sequence());
        json.name("timestamp").timestamp(decision.timestamp());
        json.name("id").uuid(decision.id().high(), decision.id().low());
        json.name("outcome").string(decision.outcome().name().toLowerCase(Locale.ROOT));
        commands.writeOrigin(json);
        json.name("wallet_id").wallet(decision.wallet());
        json.name("window")
                .string(
                        decision.window().value() == 0
                                ? null
                                : decision.window().name().toLowerCase(Locale.ROOT));
        json.name("needed_units").string(Long.toString(decision.needed()));
        json.name("available_units").string(Long.toString(decision.available()));
        json.name("limit_units").string(Long.toString(decision.limitValue()));
        if (command.capacity() > 0) {
            commands.writeRequest(json, command, 0);
        }
        writeTextsAndCommand();
        json.endObject();
    }

    private void learn() {
        if (command.capacity() == 0) {
            commands.clear();
        } else {
            commands.learn(command, 0);
        }
    }

    private void writeTextsAndCommand() {
        if (command.capacity() == 0) {
            json.name("reference").nullValue().name("metadata").nullValue();
        } else {
            commands.writeTexts(json, command, 0);
        }
        if (withCommands) {
            byte[] bytes = new byte[command.capacity()];
            command.getBytes(0, bytes);
            json.name("command_sbe")
                    .string(bytes.length == 0 ? null : Base64.getEncoder().encodeToString(bytes));
        }
    }

    private static long timeOrNone(long ns) {
        return ns == Long.MAX_VALUE ? 0 : ns;
    }
}
