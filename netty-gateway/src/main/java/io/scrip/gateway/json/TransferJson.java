package io.scrip.gateway.json;

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
        json.name("from").wallet(from);
        json.name("to").wallet(to);
        json.name("token").token(token);
        writeAmount(json.name("amount"), amount);
        writeAmount(json.name("fee"), fee);
        writeAmount(json.name("net"), amount - fee);
        json.name("sequence");
        if (sequence == 0) {
            json.nullValue();
        } else {
            json.number(sequence);
        }
        json.name("timestamp").timestamp(timestampNs);
        json.name("reference").string(isAbsent(reference) ? null : reference);
        json.name("metadata");
        if (isAbsent(metadata)) {
            json.nullValue();
        } else {
            json.raw(metadata);
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
