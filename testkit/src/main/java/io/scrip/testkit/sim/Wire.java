package io.scrip.testkit.sim;

import io.scrip.engine.CommandPort;
import io.scrip.engine.ReplySink;
import io.scrip.ledger.MessageShape;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.NotAcceptedDecoder;
import io.scrip.testkit.workload.Chance;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The clients and the network between them and the engine: requests and replies are lost, doubled, delayed and
 * overtaken. Keeps every message that is in the engine until it is settled. One thread.
 */
final class Wire implements ReplySink {
    private static final int HUNDRED = 100;
    private static final int MOST_DELAYED = 100;
    private static final int MOST_OPEN = 40;
    private static final int DRY_RUN_ONE_IN = 20;

    private final Chance chance;
    private final Fate fate;
    private final Referee referee;
    private final List<Client> clients = new ArrayList<>();
    private final Client ticker = new Client();
    private final List<Request> delayed = new ArrayList<>();
    private final List<Offer> offers = new ArrayList<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private long settledOffers;
    private int appended;
    private int flushed;
    private long highestAcknowledged;

    Wire(Chance chance, Fate fate, Referee referee, int clientCount) {
        this.chance = chance;
        this.fate = fate;
        this.referee = referee;
        for (int i = 0; i < clientCount; i++) {
            clients.add(new Client());
        }
    }

    /** The highest sequence that a client was told of. */
    long highestAcknowledged() {
        return highestAcknowledged;
    }

    /** A client sends something. */
    void send(CommandPort port, Weather weather) {
        Client client = chance.pick(clients);
        Request request = client.open.size() > MOST_OPEN || chance.oneIn(4) ? client.again(chance) : null;
        if (request == null) {
            request = fresh(client);
            client.open.add(request);
        }
        if (happens(weather.dropRequest())) {
            return;
        }
        if (happens(weather.delay()) && delayed.size() < MOST_DELAYED) {
            delayed.add(request);
        } else {
            offer(port, request);
        }
        if (happens(weather.duplicate())) {
            delayed.add(request);
        }
    }

    private Request fresh(Client client) {
        if (chance.oneIn(DRY_RUN_ONE_IN)) {
            return new Request(client, referee.dryRun(), true);
        }
        return new Request(client, referee.next(), false);
    }

    /** Some of what was delayed arrives, in any order. */
    void deliverDelayed(CommandPort port, boolean all) {
        int count = all ? delayed.size() : chance.below(delayed.size() / 2 + 1);
        for (int i = 0; i < count; i++) {
            offer(port, delayed.remove(chance.below(delayed.size())));
        }
    }

    /** Every client sends again what it has no answer to, as far as there is room. */
    void retryAll(CommandPort port) {
        for (Client client : clients) {
            for (Request request : client.open) {
                offer(port, request);
            }
        }
    }

    int unanswered() {
        return clients.stream().mapToInt(client -> client.open.size()).sum();
    }

    void tick(CommandPort port) {
        offer(port, new Request(ticker, referee.tick(), false));
    }

    private void offer(CommandPort port, Request request) {
        DirectBuffer message = request.message;
        boolean journaled = MessageShape.isJournaled(message, 0, message.capacity());
        long correlation = settledOffers + offers.size();
        if (port.offer(message, 0, message.capacity(), this, correlation)) {
            offers.add(new Offer(request, journaled));
        }
    }

    @Override
    public void onReply(long correlationId, DirectBuffer reply, int offset, int length) {
        fate.point("before a reply");
        Offer offer = offers.get((int) (correlationId - settledOffers));
        Violation.when(offer.reply != null, Check.ORDER, "a second reply to one message");
        byte[] copy = new byte[length];
        reply.getBytes(offset, copy);
        offer.reply = new UnsafeBuffer(copy);
    }

    @Override
    public void onBatchEnd() {
        fate.point("before the replies are sent");
        for (int i = flushed; i < offers.size() && offers.get(i).reply != null; i++) {
            offers.get(i).flushed = true;
            flushed = i + 1;
        }
        fate.point("after the replies were sent");
    }

    /** The engine asks for room for the next message. */
    void onRoom(boolean room, int lengthBytes) {
        if (!room && lengthBytes != MessageShape.MAX_MESSAGE_BYTES) {
            nextJournaled().refused = true;
        }
    }

    void onAppended(long sequence, long timestampNs) {
        Offer offer = nextJournaled();
        offer.sequence = sequence;
        offer.timestampNs = timestampNs;
    }

    private Offer nextJournaled() {
        while (!offers.get(appended).journaled) {
            appended++;
        }
        return offers.get(appended++);
    }

    /** What the engine holds, in the order in which it came. */
    List<Offer> offers() {
        return offers;
    }

    /** Whether a process that dies now may do so within a dry run, which it would have taken back afterwards. */
    boolean isWithinDryRun() {
        for (Offer offer : offers) {
            if (offer.reply == null) {
                return !offer.journaled;
            }
        }
        return false;
    }

    /** Takes out the first messages: they are settled. */
    void settled(int count) {
        offers.subList(0, count).clear();
        settledOffers += count;
        appended = Math.max(0, appended - count);
        flushed = Math.max(0, flushed - count);
    }

    /** Whatever was in the engine is gone. */
    void forgetOffers() {
        settledOffers += offers.size();
        offers.clear();
        appended = 0;
        flushed = 0;
    }

    /** The answer goes to the client, and perhaps arrives. */
    void answer(Offer offer, Weather weather) {
        if (offer.reply == null || happens(weather.dropReply())) {
            return;
        }
        boolean notAccepted = header.wrap(offer.reply, 0).templateId() == NotAcceptedDecoder.TEMPLATE_ID;
        Violation.when(
                notAccepted != offer.refused, Check.FULL_DISK, "a message for which there was no room was answered");
        if (!notAccepted) {
            highestAcknowledged = Math.max(highestAcknowledged, offer.sequence);
            offer.request.client.receive(offer.request, Verdict.of(offer.reply), chance);
        }
    }

    private boolean happens(int percent) {
        return percent > 0 && chance.below(HUNDRED) < percent;
    }
}
