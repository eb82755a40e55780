package io.scrip.gateway.history;

import io.scrip.gateway.json.JsonOut;
import io.scrip.gateway.json.TokenScales;
import io.scrip.gateway.json.TransferJson;
import io.scrip.protocol.ExtendHoldDecoder;
import io.scrip.protocol.PostHoldDecoder;
import io.scrip.protocol.VoidHoldDecoder;
import java.util.List;
import org.agrona.DirectBuffer;

/** The commands about a hold. They name no token: what is said of them says it. */
final class HoldKinds {
    private static final String EXTENSION = "extension";

    private HoldKinds() {}

    static List<CommandKind> all() {
        return List.of(
                new CommandKind(PostHoldDecoder.TEMPLATE_ID, HoldKinds::post),
                new CommandKind(VoidHoldDecoder.TEMPLATE_ID, HoldKinds::voidHold),
                new CommandKind(ExtendHoldDecoder.TEMPLATE_ID, HoldKinds::extend));
    }

    /** A hold was to be captured; {@code amount} 0: all that was left. */
    record PostHold(Origin origin, long holdHigh, long holdLow, long amount, boolean isFinal) implements MovingCommand {
        @Override
        public int templateId() {
            return PostHoldDecoder.TEMPLATE_ID;
        }

        @Override
        public List<Field> content() {
            return List.of(hold(holdHigh, holdLow), new Field("amount", amount), new Field("final", isFinal));
        }

        @Override
        public void writeRefused(JsonOut json, StoredDecision decision, TokenScales scales) {
            begin(json, decision, TransferJson.Kind.CAPTURE.code(), holdHigh, holdLow);
            int scale = scales.scaleOf(decision.token());
            json.name("amount");
            if (amount == 0 || scale == TokenScales.UNKNOWN) {
                json.nullValue();
            } else {
                json.amount(amount, scale);
            }
            json.name("final").bool(isFinal);
            end(json, decision);
        }
    }

    /** What was left of a hold was to be given back. */
    record VoidHold(Origin origin, long holdHigh, long holdLow) implements MovingCommand {
        @Override
        public int templateId() {
            return VoidHoldDecoder.TEMPLATE_ID;
        }

        @Override
        public List<Field> content() {
            return List.of(hold(holdHigh, holdLow));
        }

        @Override
        public void writeRefused(JsonOut json, StoredDecision decision, TokenScales scales) {
            begin(json, decision, TransferJson.Kind.RELEASE.code(), holdHigh, holdLow);
            end(json, decision);
        }
    }

    /** A hold was to live longer. It moves nothing, but {@code GET /transfers/{id}} knows it. */
    record ExtendHold(Origin origin, long holdHigh, long holdLow, long timeoutNs)
            implements QuietCommand, MovingCommand {
        @Override
        public int templateId() {
            return ExtendHoldDecoder.TEMPLATE_ID;
        }

        @Override
        public List<Field> content() {
            return List.of(hold(holdHigh, holdLow), new Field("timeout_seconds", timeoutNs));
        }

        @Override
        public void writeApplied(JsonOut json, StoredDecision decision, TokenScales scales) {
            json.beginObject().name("id").uuid(decision.idHigh(), decision.idLow());
            json.name("status").string(TransferJson.Status.PENDING.code());
            json.name("kind").string(EXTENSION);
            json.name("hold_id").uuid(holdHigh, holdLow);
            json.name("expires_at").timestamp(decision.expiresNs());
            end(json, decision);
            json.endObject();
        }

        @Override
        public void writeRefused(JsonOut json, StoredDecision decision, TokenScales scales) {
            begin(json, decision, EXTENSION, holdHigh, holdLow);
            end(json, decision);
        }
    }

    private static StoredCommand.Field hold(long high, long low) {
        return new StoredCommand.Field("hold_id", List.of(high, low));
    }

    private static void begin(JsonOut json, StoredDecision decision, String kind, long holdHigh, long holdLow) {
        json.name("id").uuid(decision.idHigh(), decision.idLow());
        json.name("status").string(TransferJson.Status.REFUSED.code());
        json.name("kind").string(kind);
        json.name("hold_id").uuid(holdHigh, holdLow);
    }

    private static void end(JsonOut json, StoredDecision decision) {
        json.name("sequence").number(decision.sequence());
        json.name("timestamp").timestamp(decision.timestampNs());
    }

    private static StoredCommand post(
            StoredCommand.Origin origin, DirectBuffer buffer, int body, int blockLength, int version) {
        PostHoldDecoder post = new PostHoldDecoder().wrap(buffer, body, blockLength, version);
        return new PostHold(
                origin,
                post.holdId().high(),
                post.holdId().low(),
                post.amount(),
                post.flags().finalCapture());
    }

    private static StoredCommand voidHold(
            StoredCommand.Origin origin, DirectBuffer buffer, int body, int blockLength, int version) {
        VoidHoldDecoder decoder = new VoidHoldDecoder().wrap(buffer, body, blockLength, version);
        return new VoidHold(origin, decoder.holdId().high(), decoder.holdId().low());
    }

    private static StoredCommand extend(
            StoredCommand.Origin origin, DirectBuffer buffer, int body, int blockLength, int version) {
        ExtendHoldDecoder decoder = new ExtendHoldDecoder().wrap(buffer, body, blockLength, version);
        return new ExtendHold(origin, decoder.holdId().high(), decoder.holdId().low(), decoder.timeoutNs());
    }
}
