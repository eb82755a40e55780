package io.scrip.ledger;

import io.scrip.protocol.SnapshotSection;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The wallets: one per owner. A wallet's number is its row + 1 (partition 0); row 0 is the platform's. Owner texts lie
 * in one growing store, found through an index over their bytes.
 */
final class Wallets implements RowIndex.Keys {
    static final int PLATFORM_ROW = 0;
    static final long PLATFORM = 1;
    static final int MAX_OWNER_BYTES = 128;

    private static final int OWNER_POSITION = 0;
    private static final int OWNER_LENGTH = 1;
    private static final int KEY_HASH_HIGH = 2;
    private static final int KEY_HASH_LOW = 3;
    /** Low 32 bits: the account opened last, or -1. High bits: the first main account, or 0. */
    private static final int LAST_ACCOUNT = 4;

    private static final int FLAGS = 5;
    private static final int VERSION = 6;
    private static final int OWN_ACCOUNTS = 7;
    private static final int COLUMNS = 8;

    private static final long NO_ACCOUNT = 0xFFFF_FFFFL;

    private final RowTable table;
    private final RowIndex ownerIndex;
    private final TextStore owners = new TextStore();
    private final FirstMains firstMains = new FirstMains();
    private long ownersDigest;
    private DirectBuffer wantedBuffer;
    private int wantedOffset;
    private int wantedLength;

    Wallets(Undo undo) {
        table = new RowTable(COLUMNS, undo);
        ownerIndex = new RowIndex(this, undo);
    }

    int findByOwner(DirectBuffer buffer, int offset, int length) {
        wantedBuffer = buffer;
        wantedOffset = offset;
        wantedLength = length;
        return ownerIndex.find(ownerHash(buffer, offset, length));
    }

    static long ownerHash(DirectBuffer buffer, int offset, int length) {
        return Hashing.ofBytes(0, buffer, offset, length);
    }

    /** Touches where looking for an owner begins. */
    long lookAtOwner(long ownerHash) {
        return ownerIndex.lookAt(ownerHash);
    }

    int open(DirectBuffer owner, int offset, int length, long keyHashHigh, long keyHashLow) {
        int row = table.append();
        table.setForGood(row, OWNER_POSITION, owners.append(owner, offset, length));
        table.setForGood(row, OWNER_LENGTH, length);
        table.setForGood(row, KEY_HASH_HIGH, keyHashHigh);
        table.setForGood(row, KEY_HASH_LOW, keyHashLow);
        table.setForGood(row, LAST_ACCOUNT, NO_ACCOUNT);
        table.setForGood(row, VERSION, 1);
        index(row);
        return row;
    }

    private void index(int row) {
        long hash = hashOf(row);
        ownersDigest += Hashing.mix(row, hash);
        ownerIndex.addForGood(hash, row);
        firstMains.set(row, (int) (table.get(row, LAST_ACCOUNT) >>> 32));
    }

    /** A hash over the owners' texts, kept up to date. */
    long ownersDigest() {
        return ownersDigest;
    }

    void writeOwners(SnapshotWriter out) {
        UnsafeBuffer text = new UnsafeBuffer(new byte[MAX_OWNER_BYTES]);
        long words = 0;
        for (int row = 0; row < table.rows(); row++) {
            words += words(ownerLength(row));
        }
        out.begin(SnapshotSection.OWNERS, 1, words);
        for (int row = 0; row < table.rows(); row++) {
            text.setMemory(0, MAX_OWNER_BYTES, (byte) 0);
            copyOwner(row, text.byteArray());
            for (int word = 0; word < words(ownerLength(row)); word++) {
                out.put(text.getLong(word * Long.BYTES, ByteOrder.LITTLE_ENDIAN));
            }
        }
        out.end();
    }

    /** After the table: the texts must lie where the rows say. */
    void readOwners(SnapshotReader in) throws SnapshotException {
        ownerIndex.expect(table.rows());
        UnsafeBuffer text = new UnsafeBuffer(new byte[MAX_OWNER_BYTES]);
        int words = in.begin(SnapshotSection.OWNERS, 1, Integer.MAX_VALUE);
        for (int row = 0; row < table.rows(); row++) {
            int length = ownerLength(row);
            if (length < 1 || length > MAX_OWNER_BYTES || words(length) > words) {
                throw new SnapshotException("the owner of wallet " + numberOf(row) + " has " + length + " bytes");
            }
            for (int word = 0; word < words(length); word++) {
                text.putLong(word * Long.BYTES, in.next(), ByteOrder.LITTLE_ENDIAN);
            }
            words -= words(length);
            if (owners.append(text, 0, length) != table.get(row, OWNER_POSITION)) {
                throw new SnapshotException("the owner of wallet " + numberOf(row) + " is not in its place");
            }
            index(row);
        }
        in.end();
    }

    private static int words(int lengthBytes) {
        return (lengthBytes + Long.BYTES - 1) / Long.BYTES;
    }

    /** The row of a wallet number, -1 when there is no such wallet. */
    int rowOf(long wallet) {
        return wallet >= 1 && wallet <= table.rows() ? (int) (wallet - 1) : -1;
    }

    static long numberOf(int row) {
        return row + 1L;
    }

    int ownerLength(int row) {
        return (int) table.get(row, OWNER_LENGTH);
    }

    /** Copies the owner's bytes to the start of {@code target}. */
    void copyOwner(int row, byte[] target) {
        owners.copy(table.get(row, OWNER_POSITION), ownerLength(row), target);
    }

    long keyHashHigh(int row) {
        return table.get(row, KEY_HASH_HIGH);
    }

    long keyHashLow(int row) {
        return table.get(row, KEY_HASH_LOW);
    }

    boolean hasAccounts(int row) {
        return (int) table.get(row, LAST_ACCOUNT) != (int) NO_ACCOUNT;
    }

    int lastAccount(int row) {
        return (int) table.get(row, LAST_ACCOUNT);
    }

    /**
     * The first main account that the wallet got, 0 without any: most movements are of that one. Where opening it was
     * taken back, it may be an account that is not there or another's, until the wallet gets one again.
     */
    int probableMain(int row) {
        return firstMains.get(row);
    }

    /** The wallet has got one more account. */
    void addAccount(int row, int accountRow, boolean main) {
        long first = table.get(row, LAST_ACCOUNT) >>> 32;
        if (first == 0 && main) {
            first = accountRow;
            firstMains.set(row, accountRow);
        }
        table.set(row, LAST_ACCOUNT, (first << 32) | accountRow);
    }

    /** {@link Accounts#WALLET_FROZEN}, {@link Accounts#WALLET_CLOSED} and {@link Accounts#CONTROLLED}. */
    long flags(int row) {
        return table.get(row, FLAGS);
    }

    void flags(int row, long flags) {
        table.set(row, FLAGS, flags);
        table.set(row, VERSION, version(row) + 1);
    }

    /** Sets or clears a flag that says where to look, which is no change of the wallet. */
    void mark(int row, long flag, boolean on) {
        table.set(row, FLAGS, on ? flags(row) | flag : flags(row) & ~flag);
    }

    /** How many accounts with codes of the owner's choice there are. */
    int ownAccounts(int row) {
        return (int) table.get(row, OWN_ACCOUNTS);
    }

    void countOwnAccount(int row) {
        if (ownAccounts(row) >= Accounts.MAX_OWN_ACCOUNTS) {
            throw new LedgerFault("wallet row " + row + " has as many accounts of its own as it may have");
        }
        table.set(row, OWN_ACCOUNTS, ownAccounts(row) + 1L);
    }

    /** Something that belongs to the wallet has changed. */
    void touch(int row) {
        table.set(row, VERSION, version(row) + 1);
    }

    boolean isFrozen(int row) {
        return (flags(row) & Accounts.WALLET_FROZEN) != 0;
    }

    boolean isClosed(int row) {
        return (flags(row) & Accounts.WALLET_CLOSED) != 0;
    }

    long version(int row) {
        return table.get(row, VERSION);
    }

    int count() {
        return table.rows();
    }

    RowTable table() {
        return table;
    }

    @Override
    public long hashOf(int row) {
        return owners.hash(table.get(row, OWNER_POSITION), ownerLength(row));
    }

    @Override
    public boolean isWanted(int row) {
        return ownerLength(row) == wantedLength
                && owners.matches(table.get(row, OWNER_POSITION), wantedLength, wantedBuffer, wantedOffset);
    }

    /**
     * Repeats the first main account of each wallet, four bytes each: so a transfer need not wait for the rows of both
     * wallets before it can look at their accounts.
     */
    private static final class FirstMains {
        private static final int PAGE_LOG2 = 12;

        private int[][] pages = new int[16][];

        int get(int walletRow) {
            return pages[walletRow >>> PAGE_LOG2][walletRow & ((1 << PAGE_LOG2) - 1)];
        }

        void set(int walletRow, int accountRow) {
            int page = walletRow >>> PAGE_LOG2;
            if (page >= pages.length) {
                pages = Arrays.copyOf(pages, 2 * page);
            }
            if (pages[page] == null) {
                pages[page] = new int[1 << PAGE_LOG2];
            }
            pages[page][walletRow & ((1 << PAGE_LOG2) - 1)] = accountRow;
        }
    }

    /** Texts one after the other in pages; a text never straddles two pages. */
    private static final class TextStore {
        private static final int PAGE_BYTES_LOG2 = 16;
        private static final int PAGE_BYTES = 1 << PAGE_BYTES_LOG2;

        private UnsafeBuffer[] pages = new UnsafeBuffer[16];
        private long end;

        long append(DirectBuffer source, int offset, int length) {
            if ((int) (end & (PAGE_BYTES - 1)) + length > PAGE_BYTES) {
                end = ((end >>> PAGE_BYTES_LOG2) + 1) << PAGE_BYTES_LOG2;
            }
            int page = (int) (end >>> PAGE_BYTES_LOG2);
            if (page == pages.length) {
                pages = Arrays.copyOf(pages, page * 2);
            }
            if (pages[page] == null) {
                pages[page] = new UnsafeBuffer(new byte[PAGE_BYTES]);
            }
            long position = end;
            pages[page].putBytes(inPage(position), source, offset, length);
            end += length;
            return position;
        }

        boolean matches(long position, int length, DirectBuffer other, int offset) {
            DirectBuffer page = pages[(int) (position >>> PAGE_BYTES_LOG2)];
            int start = inPage(position);
            for (int i = 0; i < length; i++) {
                if (page.getByte(start + i) != other.getByte(offset + i)) {
                    return false;
                }
            }
            return true;
        }

        long hash(long position, int length) {
            return Hashing.ofBytes(0, pages[(int) (position >>> PAGE_BYTES_LOG2)], inPage(position), length);
        }

        void copy(long position, int length, byte[] target) {
            pages[(int) (position >>> PAGE_BYTES_LOG2)].getBytes(inPage(position), target, 0, length);
        }

        private static int inPage(long position) {
            return (int) (position & (PAGE_BYTES - 1));
        }
    }
}
