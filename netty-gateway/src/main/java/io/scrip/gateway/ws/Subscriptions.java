package io.scrip.gateway.ws;

import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;

/** All subscriptions by their id, and each wallet's as a list linked through them. One thread. */
final class Subscriptions {
    private final Long2ObjectHashMap<Subscription> byId = new Long2ObjectHashMap<>();
    private final Long2ObjectHashMap<Subscription> firstOfWallet = new Long2ObjectHashMap<>();

    int count() {
        return byId.size();
    }

    Subscription byId(long id) {
        return byId.get(id);
    }

    /** The first of the wallet's subscriptions, {@code null} when it has none. */
    Subscription ofWallet(long wallet) {
        return firstOfWallet.get(wallet);
    }

    int countOfWallet(long wallet) {
        int count = 0;
        for (Subscription s = firstOfWallet.get(wallet); s != null; s = s.next) {
            count++;
        }
        return count;
    }

    /** A copy: whoever walks it may remove what it finds. */
    List<Subscription> all() {
        return new ArrayList<>(byId.values());
    }

    void add(Subscription subscription) {
        byId.put(subscription.id, subscription);
        subscription.next = firstOfWallet.put(subscription.wallet, subscription);
    }

    /** Returns whether it was there. */
    boolean remove(Subscription subscription) {
        if (byId.remove(subscription.id) == null) {
            return false;
        }
        Subscription first = firstOfWallet.get(subscription.wallet);
        if (first == subscription) {
            if (subscription.next == null) {
                firstOfWallet.remove(subscription.wallet);
            } else {
                firstOfWallet.put(subscription.wallet, subscription.next);
            }
            return true;
        }
        Subscription before = first;
        while (before.next != subscription) {
            before = before.next;
        }
        before.next = subscription.next;
        return true;
    }
}
