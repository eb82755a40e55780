package io.scrip.gateway.json;

import io.scrip.protocol.ControlsReplyDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import java.util.Locale;
import org.agrona.DirectBuffer;

/**
 * What bounds a wallet's spending and how much of it is used: {@code {"wallet_id","parent","below","kill_switch",
 * "killed_by","sequence","timestamp","budgets":[…],"limits":[…],"counterparties":[…]}}. What is not bounded is null.
 * Holds flyweights: one thread at a time.
 */
public final class ControlsJson {
    private static final long UNLIMITED = Long.MAX_VALUE;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ControlsReplyDecoder reply = new ControlsReplyDecoder();

    /** Writes the object from a {@code ControlsReply} message with its header. */
    public void write(JsonOut json, DirectBuffer message, int offset) {
        reply.wrapAndApplyHeader(message, offset, header);
        json.beginObject().name("wallet_id").wallet(reply.wallet());
        json.name("parent").wallet(reply.parent());
        json.name("below").number(reply.below());
        json.name("kill_switch").bool(reply.killed() != 0);
        json.name("killed_by").wallet(reply.killedBy());
        json.name("sequence").number(reply.sequence());
        json.name("timestamp").timestamp(reply.timestamp());
        json.name("budgets").beginArray();
        for (ControlsReplyDecoder.BudgetsDecoder budget : reply.budgets()) {
            writeBudget(json, budget);
        }
        json.endArray().name("limits").beginArray();
        for (ControlsReplyDecoder.LimitsDecoder limit : reply.limits()) {
            writeLimit(json, limit);
        }
        json.endArray().name("counterparties").beginArray();
        for (ControlsReplyDecoder.CounterpartiesDecoder counterparty : reply.counterparties()) {
            json.wallet(counterparty.wallet());
        }
        json.endArray().endObject();
    }

    private static void writeBudget(JsonOut json, ControlsReplyDecoder.BudgetsDecoder budget) {
        int scale = budget.scale();
        json.beginObject().name("token").token(budget.token());
        json.name("scope").string(budget.scope().name().toLowerCase(Locale.ROOT));
        json.name("per_call");
        cap(json, budget.perCall(), scale);
        json.name("per_day");
        cap(json, budget.perDay(), scale);
        json.name("spent_today").amount(budget.spentToday(), scale);
        json.name("left_today");
        cap(json, left(budget.perDay(), budget.spentToday()), scale);
        json.name("per_month");
        cap(json, budget.perMonth(), scale);
        json.name("spent_this_month").amount(budget.spentThisMonth(), scale);
        json.name("left_this_month");
        cap(json, left(budget.perMonth(), budget.spentThisMonth()), scale);
        json.endObject();
    }

    private static void writeLimit(JsonOut json, ControlsReplyDecoder.LimitsDecoder limit) {
        int scale = limit.scale();
        json.beginObject().name("token").token(limit.token());
        json.name("account").number(limit.account());
        json.name("name").string(AccountsJson.nameOf(limit.account()));
        json.name("window").string(limit.window().name().toLowerCase(Locale.ROOT));
        json.name("max_count");
        count(json, limit.maxCount());
        json.name("used_count").number(limit.usedCount());
        json.name("left_count");
        count(json, left(limit.maxCount(), limit.usedCount()));
        json.name("max_sum");
        cap(json, limit.maxSum(), scale);
        json.name("used_sum").amount(limit.usedSum(), scale);
        json.name("left_sum");
        cap(json, left(limit.maxSum(), limit.usedSum()), scale);
        json.endObject();
    }

    /** A cap that was lowered below what is used leaves nothing. */
    private static long left(long cap, long used) {
        return cap == UNLIMITED ? UNLIMITED : Math.max(0, cap - used);
    }

    private static void cap(JsonOut json, long units, int scale) {
        if (units == UNLIMITED) {
            json.nullValue();
        } else {
            json.amount(units, scale);
        }
    }

    private static void count(JsonOut json, long count) {
        if (count == UNLIMITED) {
            json.nullValue();
        } else {
            json.number(count);
        }
    }
}
