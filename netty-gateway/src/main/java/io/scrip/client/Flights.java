package io.scrip.client;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;

/** The frames that wait for an answer, by request number. Belongs to the client's thread. */
final class Flights {
    private final Long2ObjectHashMap<Flight> byNumber = new Long2ObjectHashMap<>();
    private int batches;
    private long lastNumber;

    /**
     * One frame.
     *
     * @param isGathered whether it was made of commands that had gathered, be it only one
     */
    record Flight(long number, List<Pending<?>> members, boolean isGathered) {
        /** None of them gets an answer any more. */
        void giveUp(String why) {
            members.forEach(member -> member.giveUp(why));
        }
    }

    Flight add(List<Pending<?>> members, boolean isGathered) {
        Flight flight = new Flight(++lastNumber, members, isGathered);
        byNumber.put(flight.number, flight);
        batches += isGathered ? 1 : 0;
        return flight;
    }

    /** The frame that this answers; {@code null}: none. */
    Flight remove(long number) {
        Flight flight = byNumber.remove(number);
        if (flight != null && flight.isGathered) {
            batches--;
        }
        return flight;
    }

    /** All of them, in the order in which they were sent; none is left. */
    List<Flight> removeAll() {
        List<Flight> all = new ArrayList<>(byNumber.values());
        all.sort(Comparator.comparingLong(Flight::number));
        byNumber.clear();
        batches = 0;
        return all;
    }

    Iterable<Flight> all() {
        return byNumber.values();
    }

    int count() {
        return byNumber.size();
    }

    int batches() {
        return batches;
    }
}
