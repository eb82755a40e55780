package io.scrip.gateway.json;

import io.scrip.protocol.AllowCounterpartyDecoder;
import io.scrip.protocol.ChangeStatusDecoder;
import io.scrip.protocol.ExtendHoldDecoder;
import io.scrip.protocol.IssueDecoder;
import io.scrip.protocol.KillSwitchDecoder;
import io.scrip.protocol.OpenWalletDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.RegisterOperatorKeyDecoder;
import io.scrip.protocol.RegisterTokenDecoder;
import io.scrip.protocol.RemoveCounterpartyDecoder;
import io.scrip.protocol.ReverseDecoder;
import io.scrip.protocol.SetBoundsDecoder;
import io.scrip.protocol.SetBudgetDecoder;
import io.scrip.protocol.SetFeeDecoder;
import io.scrip.protocol.SetLimitDecoder;
import io.scrip.protocol.SetParentDecoder;
import io.scrip.protocol.VoidHoldDecoder;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What each outcome of the core is over HTTP: status, code (the outcome's name in lower case), title and detail. The
 * one table of this mapping.
 */
public final class OutcomeStatus {
    /** Which of an outcome's numbers explain it, and how they read. */
    enum Numbers {
        NONE,
        /** {@code needed} and {@code available}, amounts of the payer's own account. */
        NEEDED_AND_AVAILABLE,
        /** {@code needed} only: the rest would tell about somebody else's account. */
        NEEDED,
        /** {@code limit} as asked for and {@code available} as it would be: an amount or a version. */
        AVAILABLE_AND_LIMIT,
        /** {@code limit} and {@code timestamp}: the deadline and when the command was decided. */
        DEADLINE,
        /** {@code needed} and {@code limit}: how long it was to be and may be, in seconds. */
        TIMEOUT,
        /** {@code wallet_id} of the wallet that is there already, or whose rule refused. */
        WALLET,
        /** {@code needed} and {@code limit}, amounts: a floor and the ceiling it lies above. */
        NEEDED_AND_LIMIT,
        /** {@code needed}, {@code available} and {@code limit}, numbers of things. */
        COUNTS,
        /** The three as amounts, with the {@code window} they are counted over and whose rule it is. */
        SPENDING_RULE,
        /** The same for a number of payments. */
        COUNTING_RULE
    }

    private static final Map<Outcome, OutcomeStatus> BY_OUTCOME = new EnumMap<>(Outcome.class);
    private static final OutcomeStatus TOKEN_IN_PATH;
    private static final OutcomeStatus WALLET_IN_BODY;
    /** Who may, by the command's template, where that is not the payer. */
    private static final Map<Integer, OutcomeStatus> WHO_MAY = new HashMap<>();

    static {
        put(Outcome.APPLIED, 201, "Applied", "The command was applied.", Numbers.NONE);
        put(Outcome.MALFORMED, 400, "Malformed command", "The command breaks the protocol.", Numbers.NONE);
        put(
                Outcome.CHAIN_OPEN,
                422,
                "Chain not closed",
                "The last item of a batch is linked to nothing.",
                Numbers.NONE);
        put(
                Outcome.LINKED_FAILED,
                422,
                "Linked item failed",
                "Another item of the same chain failed, so nothing of the chain was applied.",
                Numbers.NONE);
        put(
                Outcome.IDEMPOTENCY_CONFLICT,
                422,
                "Id already used",
                "This id was used before with other content. Use a new id for a new command.",
                Numbers.NONE);
        put(
                Outcome.ID_TOO_OLD,
                422,
                "Id too old",
                "This id is older than what is remembered, so it cannot be told whether it was used.",
                Numbers.NONE);
        put(
                Outcome.ID_IN_FUTURE,
                422,
                "Id from the future",
                "The time in this UUIDv7 is more than 60 seconds ahead of the ledger's.",
                Numbers.NONE);
        put(
                Outcome.AMOUNT_NOT_POSITIVE,
                400,
                "Amount not positive",
                "The amount must be greater than zero.",
                Numbers.NONE);
        put(
                Outcome.BAD_TIMEOUT,
                422,
                "Bad timeout",
                "The timeout is not in the range that is allowed.",
                Numbers.TIMEOUT);
        put(Outcome.BAD_BOUNDS, 422, "Bad bounds", "The floor lies above the ceiling.", Numbers.NEEDED_AND_LIMIT);
        put(Outcome.BAD_FEE, 422, "Bad fee", "The fee schedule contradicts itself.", Numbers.NONE);
        put(Outcome.BAD_TERMS, 422, "Bad terms", "The terms of the value contradict themselves.", Numbers.NONE);
        put(
                Outcome.TOO_MANY_LOTS,
                422,
                "Too many pieces",
                "The amount is made of too many pieces with terms of their own. Move less at once.",
                Numbers.NEEDED_AND_AVAILABLE);
        put(
                Outcome.TOO_MANY_ACCOUNTS,
                422,
                "Too many accounts",
                "The wallet has as many accounts of its own as it may have.",
                Numbers.NONE);
        put(Outcome.SAME_WALLET, 422, "Same wallet twice", "Both wallets are the same one.", Numbers.NONE);
        put(Outcome.UNKNOWN_TOKEN, 422, "Unknown token", "No token has this code.", Numbers.NONE);
        put(Outcome.UNKNOWN_FROM, 422, "Unknown payer", "No wallet has the id in from.", Numbers.NONE);
        put(Outcome.UNKNOWN_TO, 422, "Unknown payee", "No wallet has the id in to.", Numbers.NONE);
        put(Outcome.UNKNOWN_WALLET, 404, "Unknown wallet", "There is no such wallet, or not for you.", Numbers.NONE);
        put(
                Outcome.UNKNOWN_TRANSFER,
                404,
                "Unknown transfer",
                "There is no such transfer, or not for you.",
                Numbers.NONE);
        put(Outcome.TOKEN_EXISTS, 409, "Token exists", "A token with this code is registered.", Numbers.NONE);
        put(Outcome.OWNER_EXISTS, 409, "Owner has a wallet", "An owner has one wallet: wallet_id.", Numbers.WALLET);
        put(
                Outcome.NOT_TRANSFERABLE,
                422,
                "Token not transferable",
                "This token cannot be moved between wallets.",
                Numbers.NONE);
        put(Outcome.TOO_MANY_TOKENS, 422, "Too many tokens", "No more tokens can be registered.", Numbers.COUNTS);
        put(Outcome.UNKNOWN_HOLD, 404, "Unknown hold", "There is no such hold, or not for you.", Numbers.NONE);
        put(Outcome.UNKNOWN_ACCOUNT, 422, "Unknown account", "The wallet has no such account.", Numbers.NONE);
        put(
                Outcome.ORIGINAL_MISMATCH,
                422,
                "Not the original",
                "What is to be reversed is not what was posted.",
                Numbers.NONE);
        put(Outcome.CLOSED, 409, "Closed", "The wallet or account is closed.", Numbers.NONE);
        put(
                Outcome.EXCEEDS_HOLD,
                422,
                "More than is held",
                "The amount exceeds what is left of the hold.",
                Numbers.NEEDED_AND_AVAILABLE);
        put(
                Outcome.EXCEEDS_ORIGINAL,
                422,
                "More than was moved",
                "The amount exceeds what can still be given back.",
                Numbers.NEEDED_AND_AVAILABLE);
        put(Outcome.HOLD_POSTED, 409, "Hold posted", "The hold was posted already.", Numbers.NONE);
        put(Outcome.HOLD_VOIDED, 409, "Hold voided", "The hold was voided already.", Numbers.NONE);
        put(Outcome.HOLD_EXPIRED, 409, "Hold expired", "The time of the hold was over.", Numbers.NONE);
        put(
                Outcome.FEE_EXCEEDS_AMOUNT,
                422,
                "Fee exceeds amount",
                "The fee would be more than the amount itself.",
                Numbers.NONE);
        put(Outcome.NOT_EMPTY, 409, "Not empty", "The wallet or account still holds something.", Numbers.NONE);
        put(Outcome.FROM_CLOSED, 409, "Payer closed", "The payer's wallet is closed.", Numbers.NONE);
        put(Outcome.TO_CLOSED, 409, "Payee closed", "The payee's wallet is closed.", Numbers.NONE);
        put(Outcome.FROM_FROZEN, 409, "Payer frozen", "The payer's wallet is frozen.", Numbers.NONE);
        put(Outcome.TO_FROZEN, 409, "Payee frozen", "The payee's wallet is frozen.", Numbers.NONE);
        put(
                Outcome.NOT_AUTHORIZED,
                403,
                "Not authorized",
                "Only its owner debits a wallet, and pays into another's by the main account.",
                Numbers.NONE);
        put(Outcome.TOO_LATE, 422, "Too late", "The deadline apply_before had passed.", Numbers.DEADLINE);
        put(
                Outcome.NOTHING_AVAILABLE,
                422,
                "Nothing available",
                "The payer has nothing available to transfer.",
                Numbers.NEEDED_AND_AVAILABLE);
        put(Outcome.OVERFLOW, 422, "Total too large", "A total would exceed 2^63 - 1 units.", Numbers.NEEDED);
        put(
                Outcome.INSUFFICIENT_FUNDS,
                402,
                "Insufficient funds",
                "The payer has less available than is needed.",
                Numbers.NEEDED_AND_AVAILABLE);
        put(
                Outcome.CEILING_EXCEEDED,
                422,
                "Ceiling exceeded",
                "The payee's account may not hold that much.",
                Numbers.NEEDED);
        put(
                Outcome.CONDITION_FAILED,
                422,
                "Condition failed",
                "A condition of the transfer does not hold: it asks for limit and finds available.",
                Numbers.AVAILABLE_AND_LIMIT);
        putRules();
        WALLET_IN_BODY = new OutcomeStatus(
                Outcome.UNKNOWN_WALLET, 422, "Unknown wallet", "There is no wallet revenue_wallet.", Numbers.NONE);
        TOKEN_IN_PATH =
                new OutcomeStatus(Outcome.UNKNOWN_TOKEN, 404, "Unknown token", "No token has this code.", Numbers.NONE);
        putWhoMay();
    }

    private final Outcome outcome;
    private final int status;
    private final String code;
    private final String title;
    private final String detail;
    private final Numbers numbers;

    private OutcomeStatus(Outcome outcome, int status, String title, String detail, Numbers numbers) {
        this.outcome = outcome;
        this.status = status;
        this.code = outcome.name().toLowerCase(Locale.ROOT);
        this.title = title;
        this.detail = detail;
        this.numbers = numbers;
    }

    /** The row of an outcome; {@code null} for the two values that are no outcomes. */
    public static OutcomeStatus of(Outcome outcome) {
        return BY_OUTCOME.get(outcome);
    }

    /** The row of an outcome of a certain command: what stands in the path is a resource, in the body it is not. */
    public static OutcomeStatus of(Outcome outcome, int commandTemplateId) {
        if (outcome == Outcome.UNKNOWN_TOKEN && commandTemplateId == IssueDecoder.TEMPLATE_ID) {
            return TOKEN_IN_PATH;
        }
        if (outcome == Outcome.UNKNOWN_WALLET && commandTemplateId == SetFeeDecoder.TEMPLATE_ID) {
            return WALLET_IN_BODY;
        }
        if (outcome == Outcome.NOT_AUTHORIZED) {
            return WHO_MAY.getOrDefault(commandTemplateId, of(outcome));
        }
        return of(outcome);
    }

    /**
     * What a caller may be told about a transfer. To somebody who does not own {@code from}, everything that is checked
     * after the token is the same refusal: so nobody learns whether another's wallet is there, frozen or empty.
     */
    public static Outcome visible(Outcome outcome, boolean callerOwnsFrom) {
        return callerOwnsFrom || outcome.value() < Outcome.UNKNOWN_FROM.value() ? outcome : Outcome.NOT_AUTHORIZED;
    }

    /** Limits, budgets, allow-lists and kill switches, and the commands that set them. */
    private static void putRules() {
        put(Outcome.BAD_LIMIT, 422, "Bad limit", "The limit or budget contradicts itself.", Numbers.NONE);
        put(Outcome.UNKNOWN_PARENT, 422, "Unknown parent", "No wallet has the id in parent.", Numbers.NONE);
        put(Outcome.UNKNOWN_COUNTERPARTY, 422, "Unknown counterparty", "There is no such wallet.", Numbers.NONE);
        put(Outcome.PARENT_CYCLE, 422, "Parent below itself", "A wallet cannot stand below itself.", Numbers.NONE);
        put(Outcome.HIERARCHY_TOO_DEEP, 422, "Too many levels", "No more levels of wallets are kept.", Numbers.COUNTS);
        put(
                Outcome.TOO_MANY_COUNTERPARTIES,
                422,
                "Too many counterparties",
                "The allow-list of the wallet is full.",
                Numbers.COUNTS);
        put(Outcome.KILLED, 422, "Stopped", "The kill switch of wallet_id is on.", Numbers.WALLET);
        put(
                Outcome.COUNTERPARTY_NOT_ALLOWED,
                422,
                "Counterparty not allowed",
                "The payee is not on the payer's allow-list.",
                Numbers.NONE);
        String budget = "The amount exceeds what the payer's limits leave it.";
        put(Outcome.PER_CALL_EXCEEDED, 422, "More than allowed per call", budget, Numbers.SPENDING_RULE);
        put(Outcome.COUNT_LIMIT_EXCEEDED, 422, "Too many payments", budget, Numbers.COUNTING_RULE);
        put(Outcome.SUM_LIMIT_EXCEEDED, 422, "Limit exceeded", budget, Numbers.SPENDING_RULE);
        put(Outcome.DAY_BUDGET_EXCEEDED, 422, "Budget of the day exceeded", budget, Numbers.SPENDING_RULE);
        put(Outcome.MONTH_BUDGET_EXCEEDED, 422, "Budget of the month exceeded", budget, Numbers.SPENDING_RULE);
    }

    private static void putWhoMay() {
        whoMay("Only the payee of a payment gives it back, or an operator.", ReverseDecoder.TEMPLATE_ID);
        whoMay("Only the payee of a hold gives it back, or an operator.", VoidHoldDecoder.TEMPLATE_ID);
        whoMay("Only the payer of a hold makes it last longer.", ExtendHoldDecoder.TEMPLATE_ID);
        whoMay(
                "An operator and the wallets above set a wallet's rules; what one of them has set, those below it do not"
                        + " change.",
                SetLimitDecoder.TEMPLATE_ID,
                SetBudgetDecoder.TEMPLATE_ID,
                AllowCounterpartyDecoder.TEMPLATE_ID,
                RemoveCounterpartyDecoder.TEMPLATE_ID);
        whoMay(
                "A wallet's own key stops it; only an operator and the wallets above let it go on.",
                KillSwitchDecoder.TEMPLATE_ID);
        whoMay(
                "This needs an operator's key.",
                IssueDecoder.TEMPLATE_ID,
                OpenWalletDecoder.TEMPLATE_ID,
                RegisterTokenDecoder.TEMPLATE_ID,
                RegisterOperatorKeyDecoder.TEMPLATE_ID,
                ChangeStatusDecoder.TEMPLATE_ID,
                SetBoundsDecoder.TEMPLATE_ID,
                SetFeeDecoder.TEMPLATE_ID,
                SetParentDecoder.TEMPLATE_ID);
    }

    private static void whoMay(String detail, int... templateIds) {
        OutcomeStatus row = new OutcomeStatus(Outcome.NOT_AUTHORIZED, 403, "Not authorized", detail, Numbers.NONE);
        for (int templateId : templateIds) {
            WHO_MAY.put(templateId, row);
        }
    }

    private static void put(Outcome outcome, int status, String title, String detail, Numbers numbers) {
        BY_OUTCOME.put(outcome, new OutcomeStatus(outcome, status, title, detail, numbers));
    }

    public Outcome outcome() {
        return outcome;
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    /** Stable name of the problem. */
    public String code() {
        return code;
    }

    public String title() {
        return title;
    }

    public String detail() {
        return detail;
    }

    Numbers numbers() {
        return numbers;
    }

    /** Whether its answer tells how much is needed. */
    public boolean showsNeeded() {
        return switch (numbers) {
            case NEEDED, NEEDED_AND_AVAILABLE, NEEDED_AND_LIMIT, TIMEOUT, COUNTS, SPENDING_RULE, COUNTING_RULE -> true;
            default -> false;
        };
    }

    /** Whether its answer tells how much there is. */
    public boolean showsAvailable() {
        return switch (numbers) {
            case NEEDED_AND_AVAILABLE, AVAILABLE_AND_LIMIT, DEADLINE, COUNTS, SPENDING_RULE, COUNTING_RULE -> true;
            default -> false;
        };
    }

    /** Whether its answer tells the limit. */
    public boolean showsLimit() {
        return switch (numbers) {
            case AVAILABLE_AND_LIMIT, NEEDED_AND_LIMIT, DEADLINE, TIMEOUT, COUNTS, SPENDING_RULE, COUNTING_RULE -> true;
            default -> false;
        };
    }

    /** Whether its answer names a wallet. */
    public boolean showsWallet() {
        return numbers == Numbers.WALLET || numbers == Numbers.SPENDING_RULE || numbers == Numbers.COUNTING_RULE;
    }
}
