package io.scrip.gateway.json;

import io.scrip.protocol.FeePayer;
import io.scrip.protocol.TransferKind;

/**
 * A transfer as the API shows it, from plain values, so that the first answer (made from a reply) and every later one
 * (made from the event log) are the same bytes.
 *
 * <p>Fill it with the setters after {@link #clear}, then {@link #write} it. One instance belongs to one thread at a
 * time and is reused.
 */
public final class TransferJson {
    /** Scale of an amount whose token is not registered: the amount is shown as null. */
    public static final int UNKNOWN_SCALE = -1;

    private long idHigh;
    private long idLow;
    private Status status;
    private Kind kind;
    private long from;
    private long to;
    private long token;
    private int scale;
    private long amount;
    private long fee;
    private long sequence;
    private long timestampNs;
    private CharSequence reference;
    private CharSequence metadata;
    private BalanceNumbers fromBalances;
    private BalanceNumbers toBalances;
    private int fromAccount;
    private int toAccount;
    private TransferKind feeKind;
    private FeePayer feePayer;
    private long holdHigh;
    private long holdLow;
    private long originalHigh;
    private long originalLow;
    private long expiresAtNs;
    private boolean isHold;
    private long captured;
    private long remaining;
    private long reversed;
    private Legs legs;

    /** Writes the legs of a command of several, as the values of a list that is open. */
    @FunctionalInterface
    public interface Legs {
        void write(JsonOut json);
    }

    /** Where a transfer stands. */
    public enum Status {
        POSTED("posted"),
        PENDING("pending"),
        VOIDED("voided"),
        EXPIRED("expired"),
        REFUSED("refused"),
        DRY_RUN("dry_run");

        private final String code;

        Status(String code) {
            this.code = code;
        }

        /** The word used in JSON. */
        public String code() {
            return code;
        }
    }

    /** Which operation moved the value. */
    public enum Kind {
        ISSUE("issue"),
        TRANSFER("transfer"),
        HOLD("hold"),
        CAPTURE("capture"),
        RELEASE("release"),
        EXPIRY("expiry"),
        REVERSAL("reversal"),
        FEE("fee"),
        BREAKAGE("breakage"),
        EFFECTIVE("effective");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        /** The word used in JSON. */
        public String code() {
            return code;
        }
    }

    /** Forgets everything that was set. */
    public TransferJson clear() {
        idHigh = 0;
        idLow = 0;
        status = Status.POSTED;
        kind = Kind.TRANSFER;
        from = WalletIds.NONE;
        to = WalletIds.NONE;
        token = TokenCodes.NONE;
        scale = UNKNOWN_SCALE;
        amount = 0;
        fee = 0;
        sequence = 0;
        timestampNs = 0;
        reference = null;
        metadata = null;
        fromBalances = null;
        toBalances = null;
        fromAccount = 0;
        toAccount = 0;
        feeKind = TransferKind.PLAIN;
        feePayer = FeePayer.RECEIVER;
        holdHigh = 0;
        holdLow = 0;
        originalHigh = 0;
        originalLow = 0;
        expiresAtNs = 0;
        isHold = false;
        captured = 0;
        remaining = 0;
        reversed = 0;
        legs = null;
        return this;
    }

    public TransferJson id(long high, long low) {
        idHigh = high;
        idLow = low;
        return this;
    }

    public TransferJson status(Status value) {
        status = value;
        return this;
    }

    public TransferJson kind(Kind value) {
        kind = value;
        return this;
    }

    public TransferJson parties(long fromWallet, long toWallet) {
        from = fromWallet;
        to = toWallet;
        return this;
    }

    /** The token's code and its decimal places, {@link #UNKNOWN_SCALE} when it is not registered. */
    public TransferJson token(long code, int decimalPlaces) {
        token = code;
        scale = decimalPlaces;
        return this;
    }

    /** Moved (or asked for, when refused) and the part of it that was a fee, in the token's smallest unit. */
    public TransferJson amount(long units, long feeUnits) {
        amount = units;
        fee = feeUnits;
        return this;
    }

    /** Sequence and time of the command; 0 (a dry run has none) is shown as null. */
    public TransferJson decidedAt(long commandSequence, long ns) {
        sequence = commandSequence;
        timestampNs = ns;
        return this;
    }

    /** Reference text and metadata (compact JSON); {@code null} or empty is shown as null. */
    public TransferJson texts(CharSequence referenceText, CharSequence metadataJson) {
        reference = referenceText;
        metadata = metadataJson;
        return this;
    }

    /** The balances after it that the viewer may read; {@code null} for those it may not. */
    public TransferJson balances(BalanceNumbers afterFrom, BalanceNumbers afterTo) {
        fromBalances = afterFrom;
        toBalances = afterTo;
        return this;
    }

    /** Codes of the two accounts; a main account (0) is not shown. */
    public TransferJson accounts(int fromCode, int toCode) {
        fromAccount = fromCode;
        toAccount = toCode;
        return this;
    }

    /** Which fee schedule applied; PLAIN is not shown. */
    public TransferJson feeKind(TransferKind value) {
        feeKind = value;
        return this;
    }

    /** Who pays the fee; shown when there is one. */
    public TransferJson feePayer(FeePayer value) {
        feePayer = value;
        return this;
    }

    /** The hold that this places, captures or releases; zero is none and not shown. */
    public TransferJson hold(long high, long low) {
        holdHigh = high;
        holdLow = low;
        return this;
    }

    /** What this gives back; zero is none and not shown. */
    public TransferJson original(long high, long low) {
        originalHigh = high;
        originalLow = low;
        return this;
    }

    /** When the hold expires; 0 is not shown. */
    public TransferJson expiresAt(long ns) {
        expiresAtNs = ns;
        return this;
    }

    /** Shows how much of the hold has been captured and how much still can be. */
    public TransferJson captured(long units, long remainingUnits) {
        isHold = true;
        captured = units;
        remaining = remainingUnits;
        return this;
    }

    /** How much of it has been given back; 0 is not shown. */
    public TransferJson reversed(long units) {
        reversed = units;
        return this;
    }

    /** The legs, {@code null} when there is but one. */
    public TransferJson legs(Legs writer) {
        legs = writer;
        return this;
    }

    /** Writes the transfer object. */
    public void write(JsonOut json) {
        json.beginObject();
        writeMembers(json);
        json.endObject();
    }

    /** Writes it as one result of a batch: {@code {"status":201,"transfer":{…}}}, without balances. */
    public void writeAsBatchItem(JsonOut json) {
        fromBalances = null;
        toBalances = null;
        json.beginObject().name("status").number(201).name("transfer");
        write(json);
        json.endObject();
    }

    /** Writes the members only, for a caller that has more to say in the same object. */
    public void writeMembers(JsonOut json) {
        json.name("id").uuid(idHigh, idLow);
        json.name("status").string(status.code());
        json.name("kind").string(kind.code());
        if (feeKind != TransferKind.PLAIN) {
            json.name("fee_kind").string(FeeKinds.nameOf(feeKind));
        }
        writeId(json, "hold_id", holdHigh, holdLow);
        writeId(json, "original_id", originalHigh, originalLow);
        writeSide(json, "from", from, "from_account", fromAccount);
        writeSide(json, "to", to, "to_account", toAccount);
        json.name("token").token(token);
        writeAmounts(json);
        json.name("sequence");
        if (sequence == 0) {
            json.nullValue();
        } else {
            json.number(sequence);
        }
        json.name("timestamp").timestamp(timestampNs);
        writeTexts(json, reference, metadata);
        if (legs != null) {
            legs.write(json.name("legs").beginArray());
            json.endArray();
        }
        json.name("balances").beginObject();
        if (fromBalances != null) {
            BalancesJson.write(json.name("from"), token, scale, fromBalances);
        }
        if (toBalances != null) {
            BalancesJson.write(json.name("to"), token, scale, toBalances);
        }
        json.endObject();
    }

    private void writeAmounts(JsonOut json) {
        writeAmount(json.name("amount"), amount);
        writeAmount(json.name("fee"), fee);
        if (fee != 0 && scale != UNKNOWN_SCALE) {
            json.name("fee_payer").string(feePayer == FeePayer.SENDER ? "sender" : "receiver");
        }
        boolean taken = feePayer == FeePayer.RECEIVER && kind != Kind.REVERSAL;
        writeAmount(json.name("net"), taken ? amount - fee : amount);
        if (isHold) {
            writeAmount(json.name("captured"), captured);
            writeAmount(json.name("remaining"), remaining);
        }
        if (reversed != 0) {
            writeAmount(json.name("reversed"), reversed);
        }
        if (expiresAtNs != 0) {
            json.name("expires_at").timestamp(expiresAtNs);
        }
    }

    /** Writes a wallet and the code of its account, unless that is the main one. */
    public static void writeSide(JsonOut json, String name, long wallet, String accountName, int account) {
        json.name(name).wallet(wallet);
        if (account != 0) {
            json.name(accountName).number(account);
        }
    }

    /** Writes reference and metadata (compact JSON); absent ones as null. */
    public static void writeTexts(JsonOut json, CharSequence reference, CharSequence metadata) {
        json.name("reference").string(isAbsent(reference) ? null : reference);
        json.name("metadata");
        if (isAbsent(metadata)) {
            json.nullValue();
        } else {
            json.raw(metadata);
        }
    }

    private static void writeId(JsonOut json, String name, long high, long low) {
        if ((high | low) != 0) {
            json.name(name).uuid(high, low);
        }
    }

    private void writeAmount(JsonOut json, long units) {
        if (scale == UNKNOWN_SCALE) {
            json.nullValue();
        } else {
            json.amount(units, scale);
        }
    }

    private static boolean isAbsent(CharSequence text) {
        return text == null || text.isEmpty();
    }
}
