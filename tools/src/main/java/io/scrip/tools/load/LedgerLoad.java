package io.scrip.tools.load;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;

/** A mix of operations of many wallets over HTTP. */
final class LedgerLoad implements Workload {
    private static final int MOST_HOLDS = 4_096;
    private static final int MOST_MICROS = 999;
    private static final byte[] ITEM_APPLIED = "\"status\":201".getBytes(StandardCharsets.US_ASCII);
    private static final int SHOWN_BODY = 300;

    private final HttpRequests requests;
    private final Wallets wallets;
    private final Mix mix;
    private final int batch;
    private final SplitMix random;
    private final Ids ids;
    private final Skew.Pairs pairs;
    private final LinkMemory[] links;
    private String firstUnexpected;

    /** What is under way on one connection, oldest first, and the holds that can be resolved there. */
    private static final class LinkMemory {
        final ArrayDeque<Sent> sent = new ArrayDeque<>();
        final ArrayDeque<Sent> spare = new ArrayDeque<>();
        final ArrayDeque<Sent> holds = new ArrayDeque<>();
    }

    /** One request; used again for later ones. */
    private static final class Sent {
        Operation operation;
        long idHigh;
        long idLow;
        int payee;
        int items;
    }

    LedgerLoad(InetSocketAddress server, Wallets wallets, Mix mix, Skew skew, int batch, int links, long seed) {
        this.wallets = wallets;
        this.mix = mix;
        this.batch = batch;
        random = new SplitMix(seed);
        ids = new Ids(random);
        requests = new HttpRequests(server, wallets, ids);
        pairs = skew.pairs(wallets.size(), random);
        this.links = new LinkMemory[links];
        for (int i = 0; i < links; i++) {
            this.links[i] = new LinkMemory();
        }
    }

    @Override
    public int write(int link, ByteBuf out) {
        LinkMemory memory = links[link];
        Sent sent = memory.spare.isEmpty() ? new Sent() : memory.spare.pop();
        sent.items = 1;
        sent.operation = mix.pick(random);
        boolean resolves = sent.operation == Operation.CAPTURE || sent.operation == Operation.VOID;
        if (resolves && memory.holds.isEmpty()) {
            sent.operation = Operation.HOLD;
        }
        writeRequest(memory, sent, out);
        memory.sent.add(sent);
        return sent.items;
    }

    private void writeRequest(LinkMemory memory, Sent sent, ByteBuf out) {
        ids.draw();
        switch (sent.operation) {
            case TRANSFER -> transfer(sent, out);
            case HOLD -> {
                pairs.draw();
                sent.idHigh = ids.high();
                sent.idLow = ids.low();
                sent.payee = pairs.to();
                requests.hold(out, pairs.from(), pairs.to(), micros());
            }
            case CAPTURE, VOID -> {
                Sent hold = memory.holds.pop();
                requests.resolve(out, sent.operation == Operation.CAPTURE, hold.idHigh, hold.idLow, hold.payee);
                memory.spare.push(hold);
            }
            case BALANCE -> requests.balance(out, random.nextInt(wallets.size()));
            case HISTORY -> requests.history(out, random.nextInt(wallets.size()));
        }
    }

    private void transfer(Sent sent, ByteBuf out) {
        pairs.draw();
        if (batch == 1) {
            requests.transfer(out, pairs.from(), pairs.to(), micros());
            return;
        }
        sent.items = batch;
        int from = pairs.from();
        requests.beginBatch(out, from, batch);
        for (int item = 0; item < batch; item++) {
            if (item > 0) {
                ids.draw();
                pairs.drawTo();
            }
            requests.item(out, item, from, pairs.to(), micros());
        }
        requests.endBatch(out);
    }

    private int micros() {
        return 1 + random.nextInt(MOST_MICROS);
    }

    @Override
    public void onAnswer(int link, int status, ByteBuf in, int offset, int length, Meter meter) {
        LinkMemory memory = links[link];
        Sent sent = memory.sent.remove();
        if (status == 200 || status == 201) {
            int applied = sent.items == 1 ? 1 : count(in, offset, length);
            meter.add(Meter.Count.APPLIED, applied);
            meter.add(Meter.Count.REFUSED, sent.items - applied);
            if (sent.operation == Operation.HOLD && memory.holds.size() < MOST_HOLDS) {
                memory.holds.add(sent);
                return;
            }
        } else {
            refused(status, in, offset, length, meter);
        }
        memory.spare.push(sent);
    }

    private void refused(int status, ByteBuf in, int offset, int length, Meter meter) {
        switch (status) {
            case 402, 409, 422 -> meter.add(Meter.Count.REFUSED, 1);
            case 429 -> meter.add(Meter.Count.LIMITED, 1);
            case 503 -> meter.add(Meter.Count.OVERLOADED, 1);
            default -> {
                meter.add(Meter.Count.UNEXPECTED, 1);
                if (firstUnexpected == null) {
                    firstUnexpected =
                            status + ": " + in.toString(offset, Math.min(length, SHOWN_BODY), StandardCharsets.UTF_8);
                }
            }
        }
    }

    private static int count(ByteBuf in, int offset, int length) {
        int found = 0;
        int end = offset + length - ITEM_APPLIED.length;
        for (int at = offset; at <= end; at++) {
            at = in.indexOf(at, end + 1, ITEM_APPLIED[0]);
            if (at < 0) {
                return found;
            }
            int same = 1;
            while (same < ITEM_APPLIED.length && in.getByte(at + same) == ITEM_APPLIED[same]) {
                same++;
            }
            found += same == ITEM_APPLIED.length ? 1 : 0;
        }
        return found;
    }

    @Override
    public void onLost(int link) {
        links[link].spare.push(links[link].sent.remove());
    }

    @Override
    public AnswerReader newReader() {
        return new HttpAnswerReader();
    }

    @Override
    public String firstUnexpected() {
        return firstUnexpected;
    }
}
