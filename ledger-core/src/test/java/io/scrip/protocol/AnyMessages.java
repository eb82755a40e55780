package io.scrip.protocol;

import io.scrip.ledger.Commands;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Messages of any template in the schema, with values that have a chance to mean something. */
final class AnyMessages implements SchemaMessages.Values {
    private static final int WALLETS = 8;
    private static final int HOLDS = 32;
    private static final long[] AMOUNTS = {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - 1_000};
    private static final long ID_HIGH = Commands.highOf(1);
    private static final List<String> ITEMS =
            List.of("Transfer", "Transfer", "MultiTransfer", "PostHold", "VoidHold", "ExtendHold");

    private final SmallRandom random;
    private final SchemaMessages schema;
    private final List<String> names;
    /** The newest holds. */
    private final long[] holdIds = new long[HOLDS];

    private final long[] holdPayers = new long[HOLDS];
    private final long[] holdPayees = new long[HOLDS];
    private int holds;
    private int hold;
    private long freshId = 1L << 40;

    private String message = "";
    private long id;
    private long wallet;
    private long to;
    private long original;
    private long fee;
    private long left;
    private int pieces;
    private int category;
    private boolean walletCalls;

    AnyMessages(SmallRandom random, SchemaMessages schema) {
        this.random = random;
        this.schema = schema;
        names = new ArrayList<>(schema.names(1, 149));
        names.addAll(Collections.nCopies(8, "Transfer"));
        names.addAll(Collections.nCopies(5, "Issue"));
        for (String more : List.of("PostHold", "VoidHold", "ExtendHold", "MultiTransfer", "Batch", "Reverse")) {
            names.addAll(Collections.nCopies(3, more));
        }
    }

    byte[] next() {
        wallet = wallet();
        return encode(names.get(random.below(names.size())));
    }

    private byte[] encode(String name) {
        message = name;
        to = wallet();
        hold = random.below(HOLDS);
        if (name.endsWith("Hold")) {
            wallet = name.equals("ExtendHold") ? holdPayers[hold] : holdPayees[hold];
        }
        walletCalls = switch (name) {
            case "Transfer", "MultiTransfer", "Batch", "PostHold", "VoidHold", "ExtendHold" -> !random.oneIn(12);
            default -> random.oneIn(5);
        };
        return schema.encode(name, this);
    }

    @Override
    public long number(String path) {
        String name = path.substring(path.lastIndexOf('.') + 1);
        if (path.contains("terms.")) {
            return term(name);
        }
        return switch (name) {
            case "high" -> ID_HIGH;
            case "low" -> path.equals("id.low") ? id() : pastId();
            case "wallet" -> path.startsWith("caller") ? (walletCalls ? wallet : 0) : to;
            case "from" -> random.oneIn(15) ? wallet() : wallet;
            case "to" -> to;
            case "revenueWallet" -> wallet();
            case "token" -> random.oneIn(12) ? Commands.token("ACT") : Commands.token("CRD");
            case "account", "fromAccount", "toAccount" -> random.oneIn(25) ? random.below(6) : 0;
            case "scale" -> random.below(19);
            case "transferable" -> random.below(2);
            case "basisPoints" -> random.below(10_100);
            case "minimum" -> random.below(5);
            case "floor" -> random.oneIn(5) ? amount() : -random.below(50);
            case "maximum", "ceiling" -> random.oneIn(5) ? amount() : Long.MAX_VALUE;
            case "timeoutNs" -> timeout();
            case "applyBefore" -> random.oneIn(20) ? time() : 0;
            case "originalAmount" -> {
                original = amount();
                yield original;
            }
            case "originalFee" -> {
                fee = random.oneIn(3) ? random.below(20) : 0;
                yield fee;
            }
            case "amount" -> path.endsWith("ots.amount") ? piece() : amount();
            default -> amount();
        };
    }

    private long term(String name) {
        boolean plain = category == LotCategory.PLAIN.value();
        boolean never = category == LotCategory.PROMOTIONAL.value() && name.equals("convertibleFrom");
        if (plain && !random.oneIn(50)) {
            return 0;
        }
        return switch (name) {
            case "priority" -> random.below(256);
            case "expiresAt" -> random.oneIn(2) ? Long.MAX_VALUE : time() + 100_000_000_000L;
            default -> never ? Long.MAX_VALUE : random.oneIn(2) ? 0 : time();
        };
    }

    @Override
    public int constant(String path, int count) {
        int index = random.oneIn(2) ? 0 : random.below(count);
        if (path.equals("caller.role") && !random.oneIn(40)) {
            return walletCalls ? Role.WALLET.value() : Role.OPERATOR.value();
        }
        if (path.equals("change") && !random.oneIn(6)) {
            return StatusChange.UNFREEZE.value();
        }
        if (path.endsWith("terms.category")) {
            category = index;
        }
        return index;
    }

    @Override
    public boolean flag(String path) {
        return random.oneIn(5);
    }

    @Override
    public int entries(String path) {
        switch (path) {
            case "lots" -> {
                left = original;
                pieces = random.below(4);
                return pieces;
            }
            case "feeLots" -> {
                left = fee;
                pieces = fee == 0 ? 0 : random.below(3);
                return pieces;
            }
            case "conditions" -> {
                return random.oneIn(5) ? random.below(4) : 0;
            }
            default -> {
                return 1 + random.below(4);
            }
        }
    }

    /** The pieces of an original add up to it, nearly always. */
    private long piece() {
        pieces--;
        long part = pieces == 0 && !random.oneIn(20) ? left : Math.min(left, 1 + random.below(100));
        left -= part;
        return part;
    }

    @Override
    public byte[] data(String path) {
        if (path.equals("items.command")) {
            boolean caller = walletCalls;
            byte[] item = schema.encode(item(), this);
            message = "Batch";
            walletCalls = caller;
            return item;
        }
        if (path.equals("owner")) {
            return ("agent:" + random.below(40)).getBytes(StandardCharsets.US_ASCII);
        }
        return new byte[random.oneIn(4) ? random.below(130) : 0];
    }

    private String item() {
        message = ITEMS.get(random.below(ITEMS.size()));
        to = wallet();
        return message;
    }

    private long id() {
        id = random.oneIn(10) ? freshId - random.below(100) : ++freshId;
        return id;
    }

    private long pastId() {
        return random.oneIn(20) ? freshId - random.below(100) : holdIds[hold];
    }

    private long timeout() {
        if (message.equals("Transfer") && random.oneIn(2)) {
            return 0;
        }
        if (message.equals("Transfer")) {
            holdIds[holds % HOLDS] = id;
            holdPayers[holds % HOLDS] = wallet;
            holdPayees[holds % HOLDS] = to;
            holds++;
        }
        return random.oneIn(30) ? amount() : random.below(2_000) * 1_000_000L;
    }

    private long wallet() {
        return random.oneIn(20) ? random.below(50) : 2 + random.below(WALLETS);
    }

    private long amount() {
        return random.oneIn(30) ? AMOUNTS[random.below(AMOUNTS.length)] : random.below(100);
    }

    private long time() {
        return random.below(400_000) * 1_000_000L;
    }
}
