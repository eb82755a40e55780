package io.scrip.testkit.sim;

import io.scrip.testkit.workload.Chance;
import java.util.Arrays;
import java.util.BitSet;

/**
 * A file of 4 KiB pages: what programs see of it, and for every page that was written since, what the device has of
 * it. One array holds the content, so that a mapping of it shows what is written later.
 */
final class DiskFile implements DiskNode {
    static final int PAGE_BYTES = 4 << 10;
    private static final int SECTOR_BYTES = 512;
    /** What the device has of a page that was never forced. */
    private static final byte[] NOTHING = new byte[PAGE_BYTES];

    private final Disk disk;
    private byte[] bytes = new byte[0];
    private int length;
    private int forcedLength;
    private byte[][] before = new byte[0][];
    private int[] dirty = new int[8];
    private int dirtyCount;
    /** Pages that the device has refused: the system takes them for written, and forgets it. */
    private final BitSet refused = new BitSet();

    private final BitSet allocated = new BitSet();

    DiskFile(Disk disk) {
        this.disk = disk;
    }

    int length() {
        return length;
    }

    /** Up to about where it was written. */
    int writtenLength() {
        return Math.min(length, allocated.length() * PAGE_BYTES);
    }

    /** All of the content, to be seen through as it changes; valid while the file does not become longer. */
    byte[] whole() {
        hold(length);
        return bytes;
    }

    /** Makes the file longer without writing to it. */
    void extend(int newLength) {
        length = Math.max(length, newLength);
    }

    /** Copies what is there, zeros where nothing was written. */
    void read(int from, byte[] target, int offset, int count) {
        int held = Math.max(0, Math.min(count, bytes.length - from));
        System.arraycopy(bytes, Math.min(from, bytes.length), target, offset, held);
        Arrays.fill(target, offset + held, offset + count, (byte) 0);
    }

    void truncate(int newLength) {
        if (newLength < length) {
            clear(newLength, length);
            length = newLength;
            forcedLength = Math.min(forcedLength, newLength);
        }
    }

    private void hold(int end) {
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, pageEnd(Math.max(end, Math.min(length, 2 * bytes.length))));
            before = Arrays.copyOf(before, bytes.length / PAGE_BYTES);
        }
    }

    private void clear(int from, int to) {
        if (from < bytes.length) {
            Arrays.fill(bytes, from, Math.min(to, bytes.length), (byte) 0);
        }
    }

    void write(int at, byte[] source, int offset, int count) {
        extend(at + count);
        hold(at + count);
        for (int page = at / PAGE_BYTES; page * PAGE_BYTES < at + count; page++) {
            touch(page);
        }
        System.arraycopy(source, offset, bytes, at, count);
    }

    void writeInt(int at, int value) {
        extend(at + Integer.BYTES);
        hold(at + Integer.BYTES);
        touch(at / PAGE_BYTES);
        for (int i = 0; i < Integer.BYTES; i++) {
            bytes[at + i] = (byte) (value >>> (Byte.SIZE * i));
        }
    }

    private void touch(int page) {
        refused.clear(page);
        if (before[page] != null) {
            return;
        }
        if (allocated.get(page)) {
            before[page] = disk.spare();
            System.arraycopy(bytes, page * PAGE_BYTES, before[page], 0, PAGE_BYTES);
        } else {
            disk.take(1);
            allocated.set(page);
            before[page] = NOTHING;
        }
        if (dirtyCount == dirty.length) {
            dirty = Arrays.copyOf(dirty, 2 * dirtyCount);
        }
        dirty[dirtyCount++] = page;
    }

    @Override
    public void force() {
        int kept = 0;
        for (int i = 0; i < dirtyCount; i++) {
            int page = dirty[i];
            if (refused.get(page)) {
                dirty[kept++] = page;
            } else {
                clean(page);
            }
        }
        dirtyCount = kept;
        forcedLength = length;
    }

    /** The device refuses to write: the pages stay in memory and will never be written unless they are changed. */
    void refuse() {
        for (int i = 0; i < dirtyCount; i++) {
            refused.set(dirty[i]);
        }
    }

    private void clean(int page) {
        if (before[page] != NOTHING) {
            disk.giveBack(before[page]);
        }
        before[page] = null;
    }

    @Override
    public void evict(Chance chance) {
        int kept = 0;
        for (int i = 0; i < dirtyCount; i++) {
            int page = dirty[i];
            if (refused.get(page) && chance.coin()) {
                System.arraycopy(before[page], 0, bytes, page * PAGE_BYTES, PAGE_BYTES);
                refused.clear(page);
                clean(page);
            } else {
                dirty[kept++] = page;
            }
        }
        dirtyCount = kept;
    }

    @Override
    public void cut(Chance chance, CutStyle style) {
        for (int i = 0; i < dirtyCount; i++) {
            cutPage(dirty[i], chance, style);
            clean(dirty[i]);
        }
        dirtyCount = 0;
        refused.clear();
        if (length != forcedLength && chance.coin()) {
            clear(forcedLength, length);
            length = forcedLength;
        }
        forcedLength = length;
    }

    private void cutPage(int page, Chance chance, CutStyle style) {
        int start = page * PAGE_BYTES;
        int fate = refused.get(page) ? chance.below(style.lost() + style.torn() + 1) : chance.below(CutStyle.HUNDRED);
        if (fate < style.lost()) {
            System.arraycopy(before[page], 0, bytes, start, PAGE_BYTES);
        } else if (fate < style.lost() + style.torn()) {
            for (int sector = 0; sector < PAGE_BYTES; sector += SECTOR_BYTES) {
                if (chance.coin()) {
                    System.arraycopy(before[page], sector, bytes, start + sector, SECTOR_BYTES);
                }
            }
        } else if (fate < style.lost() + style.torn() + style.flips()) {
            flipUnforced(page, chance);
        }
    }

    /** Turns a bit over where the page differs from what was forced: what was forced stays as it was. */
    private void flipUnforced(int page, Chance chance) {
        int start = page * PAGE_BYTES;
        int at = chance.below(PAGE_BYTES);
        for (int i = 0; i < PAGE_BYTES; i++) {
            int index = (at + i) % PAGE_BYTES;
            if (bytes[start + index] != before[page][index]) {
                bytes[start + index] ^= (byte) (1 << chance.below(Byte.SIZE));
                return;
            }
        }
    }

    /** Damage from outside: turns a bit over, on the device and in memory. */
    void flip(int at, int bit) {
        hold(at + 1);
        bytes[at] ^= (byte) (1 << bit);
    }

    private static int pageEnd(int length) {
        return (length + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
    }

    @Override
    public int pages() {
        return allocated.cardinality();
    }
}
