package io.scrip.gateway.history;

import io.scrip.gateway.json.JsonOut;
import io.scrip.gateway.json.TokenScales;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.Role;
import java.util.List;

/**
 * A command that sets something, as its members are called in the API. Immutable.
 *
 * @param token the token whose amounts the members are, 0 for none
 * @param members what the client chose, and in this order the answer
 */
public record StoredSetting(Origin origin, int templateId, long token, List<SettingMember> members)
        implements QuietCommand {
    private static final long UNLIMITED = Long.MAX_VALUE;
    private static final long UNLIMITED_BELOW = Long.MIN_VALUE;

    public StoredSetting {
        members = List.copyOf(members);
    }

    @Override
    public List<Field> content() {
        return members.stream().map(member -> new Field(member.name(), member)).toList();
    }

    /**
     * The core names the wallet only to those who may know of it. To everybody else its refusals are one: there is no
     * such wallet.
     */
    @Override
    public Outcome visible(StoredDecision decision) {
        boolean stranger = origin.callerRole() == Role.WALLET && decision.wallet() == 0;
        return stranger && decision.outcome().value() > Outcome.UNKNOWN_WALLET.value()
                ? Outcome.UNKNOWN_WALLET
                : decision.outcome();
    }

    /** Writes the members as they hold from now on, and when that was decided. */
    @Override
    public void writeApplied(JsonOut json, StoredDecision decision, TokenScales scales) {
        json.beginObject().name("id").uuid(origin.idHigh(), origin.idLow());
        for (SettingMember member : members) {
            json.name(member.name());
            write(json, member, scales);
        }
        json.name("sequence").number(decision.sequence());
        json.name("event_sequence").number(decision.eventSequence());
        json.name("timestamp").timestamp(decision.timestampNs()).endObject();
    }

    private void write(JsonOut json, SettingMember member, TokenScales scales) {
        long number = member.number();
        boolean unlimited = number == UNLIMITED || number == UNLIMITED_BELOW;
        switch (member.form()) {
            case WALLET -> json.wallet(number);
            case TOKEN -> {
                if (number == 0) {
                    json.nullValue();
                } else {
                    json.token(number);
                }
            }
            case AMOUNT -> {
                int scale = scales.scaleOf(token);
                if (unlimited || scale == TokenScales.UNKNOWN) {
                    json.nullValue();
                } else {
                    json.amount(number, scale);
                }
            }
            case UNITS -> {
                if (unlimited) {
                    json.nullValue();
                } else {
                    json.amount(number, 0);
                }
            }
            case COUNT -> {
                if (unlimited) {
                    json.nullValue();
                } else {
                    json.number(number);
                }
            }
            case NONE -> json.nullValue();
            case FLAG -> json.bool(number != 0);
            case WORD -> json.string(member.text());
            case TEXT -> json.string(member.text().isEmpty() ? null : member.text());
        }
    }
}
