package io.scrip.testkit.sim;

import io.scrip.testkit.workload.Chance;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** A folder: which names it has, and which of them the device knows. */
final class DiskFolder implements DiskNode {
    final Map<String, DiskNode> entries = new TreeMap<>();
    private final Map<String, DiskNode> forced = new TreeMap<>();

    @Override
    public void force() {
        forced.clear();
        forced.putAll(entries);
    }

    /** Each name that was made, moved or removed since the last force is so or not, whatever the others are. */
    @Override
    public void cut(Chance chance, CutStyle style) {
        TreeSet<String> names = new TreeSet<>(entries.keySet());
        names.addAll(forced.keySet());
        for (String name : names) {
            DiskNode before = forced.get(name);
            if (before == entries.get(name) || chance.coin()) {
                continue;
            }
            if (before == null) {
                entries.remove(name);
            } else {
                entries.put(name, before);
            }
        }
        force();
        for (DiskNode node : entries.values()) {
            node.cut(chance, style);
        }
    }

    @Override
    public void evict(Chance chance) {
        entries.values().forEach(node -> node.evict(chance));
    }

    @Override
    public int pages() {
        return entries.values().stream().mapToInt(DiskNode::pages).sum();
    }
}
