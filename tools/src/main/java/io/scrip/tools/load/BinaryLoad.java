package io.scrip.tools.load;

import io.netty.buffer.ByteBuf;
import io.scrip.protocol.BatchEncoder;
import io.scrip.protocol.BatchReplyDecoder;
import io.scrip.protocol.CommandReplyDecoder;
import io.scrip.protocol.GetWalletEncoder;
import io.scrip.protocol.HelloEncoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.PostHoldEncoder;
import io.scrip.protocol.ProblemCode;
import io.scrip.protocol.ProblemDecoder;
import io.scrip.protocol.Role;
import io.scrip.protocol.TransferEncoder;
import io.scrip.protocol.TransferKind;
import io.scrip.protocol.WalletReplyDecoder;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A mix of operations over the binary door. A connection comes on the authority of one key, so each has a payer of its
 * own, and {@link Skew} picks the payees.
 */
final class BinaryLoad implements Workload {
    private static final long CRD = 'C' | 'R' << 8 | 'D' << 16;
    private static final int PROTOCOL = 1;
    private static final int MOST_HOLDS = 4_096;
    private static final int MOST_MICROS = 999;
    private static final int ITEM_HEAD_BYTES = 1 + BatchEncoder.ItemsEncoder.commandHeaderLength();
    private static final int MESSAGE_BYTES = 512;
    private static final long AN_HOUR_NS = 3_600_000_000_000L;
    private static final byte[] NOTHING = {};

    private final Wallets wallets;
    private final long[] numbers;
    private final Mix mix;
    private final Skew skew;
    private final int batch;
    private final int firstLink;
    private final SplitMix random;
    private final Ids ids;
    private final Skew.Pairs pairs;
    private final Session[] links;
    private final UnsafeBuffer message;
    private final UnsafeBuffer read = new UnsafeBuffer(0, 0);
    private final MessageHeaderEncoder headerOut = new MessageHeaderEncoder();
    private final MessageHeaderDecoder headerIn = new MessageHeaderDecoder();
    private final TransferEncoder transfer = new TransferEncoder();
    private final BatchEncoder batchOut = new BatchEncoder();
    private final CommandReplyDecoder reply = new CommandReplyDecoder();
    private final BatchReplyDecoder batchReply = new BatchReplyDecoder();
    private final ProblemDecoder problem = new ProblemDecoder();
    private String firstUnexpected;

    /** One connection: whose it is, what is under way, oldest first, and holds to be captured. */
    private static final class Session {
        final ArrayDeque<Sent> sent = new ArrayDeque<>();
        final ArrayDeque<Sent> spare = new ArrayDeque<>();
        final ArrayDeque<Sent> holds = new ArrayDeque<>();
        long number;
        boolean greeted;
    }

    /** One request; used again for later ones. */
    private static final class Sent {
        Operation operation;
        long idHigh;
        long idLow;
        int items;
    }

    /** @param firstLink of this driver among all connections of the load, so that no two have the same payer */
    BinaryLoad(Wallets wallets, Mix mix, Skew skew, int batch, int firstLink, int links, long seed) {
        this.wallets = wallets;
        this.mix = mix;
        this.skew = skew;
        this.batch = batch;
        this.firstLink = firstLink;
        random = new SplitMix(seed);
        ids = new Ids(random);
        pairs = skew.pairs(wallets.size(), random);
        numbers = new long[wallets.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = wallets.number(i);
        }
        this.links = new Session[links];
        for (int i = 0; i < links; i++) {
            this.links[i] = new Session();
        }
        message = new UnsafeBuffer(new byte[MESSAGE_BYTES * (batch + 1)]);
    }

    /** Everything but what a payer's connection cannot ask for. */
    static Mix require(Mix mix) {
        if (mix.has(Operation.VOID) || mix.has(Operation.HISTORY)) {
            throw new IllegalArgumentException(
                    "--protocol binary knows transfer, hold, capture and balance: a void is the payee's, history is HTTP's");
        }
        return mix;
    }

    @Override
    public void onOpened(int link) {
        links[link].greeted = false;
    }

    private int payer(int link) {
        int index = (firstLink + link) % wallets.size();
        // Wallet 0 is the one that everybody pays.
        return skew.hot() && index == 0 ? 1 : index;
    }

    @Override
    public int write(int link, ByteBuf out) {
        Session session = links[link];
        if (!session.greeted) {
            session.greeted = true;
            frame(session, out, hello(wallets.key(payer(link))));
        }
        Sent sent = session.spare.isEmpty() ? new Sent() : session.spare.pop();
        sent.items = 1;
        sent.operation = mix.pick(random);
        if (sent.operation == Operation.CAPTURE && session.holds.isEmpty()) {
            sent.operation = Operation.HOLD;
        }
        ids.draw();
        frame(session, out, request(link, session, sent));
        session.sent.add(sent);
        return sent.items;
    }

    private int request(int link, Session session, Sent sent) {
        int payer = payer(link);
        return switch (sent.operation) {
            case TRANSFER -> batch == 1 ? movement(payer, 0, 0) : batch(payer, sent);
            case HOLD -> {
                sent.idHigh = ids.high();
                sent.idLow = ids.low();
                yield movement(payer, AN_HOUR_NS, 0);
            }
            case CAPTURE -> {
                Sent hold = session.holds.pop();
                int length = capture(hold);
                session.spare.push(hold);
                yield length;
            }
            case BALANCE -> balance(payer);
            case VOID, HISTORY -> throw new IllegalStateException(sent.operation + " was to be refused");
        };
    }

    /** Length, number of the request, message. */
    private void frame(Session session, ByteBuf out, int messageBytes) {
        out.writeIntLE(Long.BYTES + messageBytes).writeLongLE(session.number++);
        out.writeBytes(message.byteArray(), 0, messageBytes);
    }

    private int hello(byte[] key) {
        HelloEncoder hello = new HelloEncoder().wrapAndApplyHeader(message, 0, headerOut);
        hello.protocol(PROTOCOL).putKey(key, 0, key.length).client("scrip load");
        return MessageHeaderEncoder.ENCODED_LENGTH + hello.encodedLength();
    }

    private int movement(int payer, long timeoutNs, int at) {
        do {
            pairs.draw();
        } while (pairs.to() == payer);
        transfer.wrapAndApplyHeader(message, at, headerOut)
                .id()
                .high(ids.high())
                .low(ids.low());
        transfer.caller().role(Role.SYSTEM).wallet(0);
        transfer.from(numbers[payer])
                .to(numbers[pairs.to()])
                .token(CRD)
                .amount(1 + random.nextInt(MOST_MICROS))
                .applyBefore(0)
                .kind(TransferKind.PLAIN)
                .fromAccount(0)
                .toAccount(0)
                .timeoutNs(timeoutNs);
        transfer.flags().clear();
        transfer.conditionsCount(0);
        transfer.putReference(NOTHING, 0, 0).putMetadata(NOTHING, 0, 0);
        return MessageHeaderEncoder.ENCODED_LENGTH + transfer.encodedLength();
    }

    private int batch(int payer, Sent sent) {
        sent.items = batch;
        batchOut.wrapAndApplyHeader(message, 0, headerOut).id().high(0).low(0);
        batchOut.caller().role(Role.SYSTEM).wallet(0);
        batchOut.itemsCount(batch);
        int at = MessageHeaderEncoder.ENCODED_LENGTH + batchOut.encodedLength();
        for (int item = 0; item < batch; item++) {
            ids.draw();
            int bytes = movement(payer, 0, at + ITEM_HEAD_BYTES);
            message.putByte(at, (byte) 0);
            message.putInt(at + 1, bytes, ByteOrder.LITTLE_ENDIAN);
            at += ITEM_HEAD_BYTES + bytes;
        }
        return at;
    }

    private int capture(Sent hold) {
        PostHoldEncoder post = new PostHoldEncoder().wrapAndApplyHeader(message, 0, headerOut);
        post.id().high(ids.high()).low(ids.low());
        post.caller().role(Role.SYSTEM).wallet(0);
        post.holdId().high(hold.idHigh).low(hold.idLow);
        post.amount(0).flags().clear();
        return MessageHeaderEncoder.ENCODED_LENGTH + post.encodedLength();
    }

    private int balance(int wallet) {
        GetWalletEncoder get = new GetWalletEncoder().wrapAndApplyHeader(message, 0, headerOut);
        get.id().high(0).low(0);
        get.caller().role(Role.SYSTEM).wallet(0);
        get.wallet(numbers[wallet]);
        return MessageHeaderEncoder.ENCODED_LENGTH + get.encodedLength();
    }

    @Override
    public void onAnswer(int link, int status, ByteBuf in, int offset, int length, Meter meter) {
        Session session = links[link];
        Sent sent = session.sent.remove();
        wrap(in, offset, length);
        headerIn.wrap(read, 0);
        boolean applied = false;
        switch (headerIn.templateId()) {
            case CommandReplyDecoder.TEMPLATE_ID ->
                applied = count(reply.wrapAndApplyHeader(read, 0, headerIn).outcome(), meter);
            case BatchReplyDecoder.TEMPLATE_ID -> {
                for (BatchReplyDecoder.ResultsDecoder result :
                        batchReply.wrapAndApplyHeader(read, 0, headerIn).results()) {
                    count(result.outcome(), meter);
                }
            }
            case WalletReplyDecoder.TEMPLATE_ID -> meter.add(Meter.Count.APPLIED, 1);
            case ProblemDecoder.TEMPLATE_ID -> problem(meter);
            default -> unexpected("message " + headerIn.templateId(), meter);
        }
        if (applied && sent.operation == Operation.HOLD && session.holds.size() < MOST_HOLDS) {
            session.holds.add(sent);
        } else {
            session.spare.push(sent);
        }
    }

    private void wrap(ByteBuf in, int offset, int length) {
        if (in.hasMemoryAddress()) {
            read.wrap(in.memoryAddress() + offset, length);
        } else {
            byte[] copy = new byte[length];
            in.getBytes(offset, copy);
            read.wrap(copy);
        }
    }

    private static boolean count(Outcome outcome, Meter meter) {
        boolean applied = outcome == Outcome.APPLIED;
        meter.add(applied ? Meter.Count.APPLIED : Meter.Count.REFUSED, 1);
        return applied;
    }

    private void problem(Meter meter) {
        ProblemCode code = problem.wrapAndApplyHeader(read, 0, headerIn).code();
        switch (code) {
            case RATE_LIMITED -> meter.add(Meter.Count.LIMITED, 1);
            case OVERLOADED, READ_ONLY, STOPPING -> meter.add(Meter.Count.OVERLOADED, 1);
            default -> unexpected(code + ": " + problem.detail(), meter);
        }
    }

    private void unexpected(String what, Meter meter) {
        meter.add(Meter.Count.UNEXPECTED, 1);
        if (firstUnexpected == null) {
            firstUnexpected = what;
        }
    }

    @Override
    public void onLost(int link) {
        links[link].spare.push(links[link].sent.remove());
    }

    @Override
    public AnswerReader newReader() {
        return new BinaryAnswerReader();
    }

    @Override
    public String firstUnexpected() {
        return firstUnexpected;
    }
}
