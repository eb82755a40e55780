package io.scrip.tools.damage;

import io.scrip.tools.damage.Layout.Document;
import io.scrip.tools.damage.Layout.Kind;
import io.scrip.tools.damage.Tally.Ending;
import io.scrip.tools.damage.Ward.Injury;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns single bits of every kind of file over. A flipped bit must be found and its file named; or what it spoils is
 * dropped, which the tail rule must allow, or made again from the journal; or it has no meaning, and then every record
 * and event is exactly as before. The result is one line of JSON.
 */
public final class BitFlips implements Callable<String> {
    static final int WINDOW_BYTES = 64 << 10;

    private static final Pattern SNAPSHOT = Pattern.compile("snapshot-([0-9]{19})\\.scrip");
    private static final int WHOLE_RECOVERY_EVERY = 64;
    private static final String CHRONICLE = ".cq4";
    private static final String MANIFEST = "manifest";

    private final Path scratch;
    private final int flips;
    private final boolean exhaustive;
    private final int threads;
    private final SplittableRandom random;
    private final long seed;

    /**
     * @param flips      so many, and all of the window besides when {@code exhaustive}
     * @param exhaustive whether every bit of the last 64 KiB of the journal is turned over
     */
    public BitFlips(Path scratch, long seed, int flips, boolean exhaustive, int threads) {
        this.scratch = scratch;
        this.seed = seed;
        this.flips = flips;
        this.exhaustive = exhaustive;
        this.threads = threads;
        random = new SplittableRandom(seed);
    }

    @Override
    public String call() throws IOException {
        Tally tally = new Tally();
        Specimen specimen = Specimen.make(scratch, seed);
        new Ward(specimen, scratch, threads, tally).doAll(injuries(specimen, tally));
        return tally.json();
    }

    private List<Injury> injuries(Specimen specimen, Tally tally) throws IOException {
        List<Injury> all = new ArrayList<>();
        Path open = specimen.lastFile(Specimen.JOURNAL);
        long end = specimen.layout(open).end();
        long from = Math.max(0, end - WINDOW_BYTES);
        if (exhaustive) {
            for (long offset = from; offset < end; offset++) {
                for (int bit = 0; bit < Byte.SIZE; bit++) {
                    all.add(journalFlip(open, offset, bit, false, specimen, tally));
                }
            }
        }
        List<Path> journal = specimen.files(Specimen.JOURNAL, CHRONICLE);
        List<Path> events = specimen.files(Specimen.EVENTS, CHRONICLE);
        List<Path> snapshots = specimen.files(Specimen.SNAPSHOTS, ".scrip");
        List<Path> manifests = specimen.files("", MANIFEST);
        List<Path> tables = specimen.files("", ".cq4t");
        for (int flip = 0; flip < flips; flip++) {
            boolean whole = flip % WHOLE_RECOVERY_EVERY == 0;
            int bit = random.nextInt(Byte.SIZE);
            switch (random.nextInt(20)) {
                case 0, 1, 2, 3, 4, 5, 6, 7, 8 -> {
                    long offset = from + random.nextLong(end - from);
                    all.add(journalFlip(open, offset, bit, whole, specimen, tally));
                }
                case 9, 10, 11 -> {
                    Path file = pick(journal);
                    all.add(journalFlip(file, somewhere(specimen, file), bit, whole, specimen, tally));
                }
                case 12, 13, 14 -> {
                    Path file = pick(events);
                    all.add(eventFlip(file, somewhere(specimen, file), bit, whole, tally));
                }
                case 15, 16, 17 -> {
                    Path file = pick(snapshots);
                    all.add(snapshotFlip(file, somewhere(specimen, file), bit, whole, tally));
                }
                case 18 -> {
                    Path file = pick(manifests);
                    all.add(manifestFlip(file, somewhere(specimen, file), bit, tally));
                }
                default -> {
                    Path file = pick(tables);
                    all.add(tableFlip(file, somewhere(specimen, file), bit, tally));
                }
            }
        }
        return all;
    }

    private Path pick(List<Path> files) {
        return files.get(random.nextInt(files.size()));
    }

    /** Mostly among what was written; one in 16 anywhere, so also where the file holds nothing. */
    private long somewhere(Specimen specimen, Path file) throws IOException {
        boolean documents = file.toString().endsWith(CHRONICLE) && random.nextInt(16) > 0;
        return random.nextLong(documents ? specimen.layout(file).end() : specimen.bytes(file).length);
    }

    private static Injury journalFlip(Path file, long offset, int bit, boolean whole, Specimen specimen, Tally tally)
            throws IOException {
        boolean open = file.equals(specimen.lastFile(Specimen.JOURNAL));
        long first = open ? specimen.firstIn(file) : 1;
        return patient -> {
            patient.flip(file, offset, bit);
            Seen seen = patient.readJournal(first);
            judgeJournal(file, offset, bit, open, specimen.layout(file), seen, specimen, tally);
            if (whole && seen.refusal() == null) {
                recoverWholly(patient, seen.lastSequence(), false, file + " byte " + offset, tally);
            } else {
                patient.flip(file, offset, bit);
            }
        };
    }

    private static void judgeJournal(
            Path file, long offset, int bit, boolean open, Layout layout, Seen seen, Specimen specimen, Tally tally) {
        Document hurt = layout.at(offset);
        String place = file + " byte " + offset + " bit " + bit;
        boolean record = hurt != null && (hurt.kind() == Kind.COMMAND || hurt.kind() == Kind.PART);
        if (seen.wrong() != null) {
            tally.violation("SILENT " + place + ": " + seen);
        } else if (seen.refusal() != null) {
            judgeRefusal(file.getFileName().toString(), place, seen, tally);
        } else if (seen.lastSequence() < specimen.lastSequence()) {
            long keep = Math.max(layout.forcedBehind(offset), layout.lastBefore(offset, -1));
            if (open && hurt != null && seen.lastSequence() >= keep) {
                tally.count(Ending.SHORTER);
            } else {
                tally.violation("SILENT " + place + ": " + seen + ", though " + keep + " was on the device");
            }
        } else if (record && !specimen.isDropped(file, offset)) {
            tally.violation("SILENT " + place + ": a record with a flipped bit was accepted");
        } else {
            tally.harmless(meaning(hurt, record));
        }
    }

    private static String meaning(Document hurt, boolean record) {
        if (hurt == null) {
            return "behind the last record";
        }
        return record ? "a dropped record" : hurt.kind() == Kind.SEAL ? "a seal that nothing rests on" : "of Chronicle";
    }

    private static void judgeRefusal(String name, String place, Seen seen, Tally tally) {
        if (seen.names(name)) {
            tally.count(Ending.REFUSED);
        } else {
            tally.violation(place + " was refused without its name: " + seen);
        }
    }

    private static Injury eventFlip(Path file, long offset, int bit, boolean whole, Tally tally) {
        return patient -> {
            Specimen specimen = patient.specimen();
            patient.flip(file, offset, bit);
            if (whole) {
                recoverWholly(patient, specimen.lastSequence(), true, file + " byte " + offset, tally);
                tally.count(Ending.REBUILT);
                return;
            }
            Seen seen = patient.readEvents(1);
            Document hurt = specimen.layout(file).at(offset);
            boolean all = seen.refusal() == null && seen.lastSequence() == specimen.lastEvent(specimen.lastSequence());
            String place = file + " byte " + offset + " bit " + bit;
            if (seen.wrong() != null || (all && hurt != null && hurt.kind() == Kind.EVENT)) {
                tally.violation("SILENT " + place + ": " + seen);
            } else if (seen.refusal() != null) {
                judgeRefusal(file.getFileName().toString(), place, seen, tally);
            } else if (all) {
                tally.harmless(meaning(hurt, false));
            } else {
                tally.count(Ending.REBUILT);
            }
            patient.healEvents(file, offset);
        };
    }

    private static Injury snapshotFlip(Path file, long offset, int bit, boolean whole, Tally tally) {
        Matcher name = SNAPSHOT.matcher(file.getFileName().toString());
        if (!name.matches()) {
            throw new IllegalStateException(file + " is no snapshot");
        }
        long sequence = Long.parseLong(name.group(1));
        return patient -> {
            patient.flip(file, offset, bit);
            String refused = patient.loadSnapshot(file, sequence);
            String place = file + " byte " + offset + " bit " + bit;
            if (refused == null) {
                tally.violation("SILENT " + place + ": a snapshot with a flipped bit was accepted");
            } else if (refused.isEmpty() || !refused.contains(file.getFileName().toString())) {
                tally.violation("SILENT " + place + ": " + refused);
            } else {
                tally.count(Ending.REFUSED);
            }
            if (whole) {
                recoverWholly(patient, patient.specimen().lastSequence(), true, place, tally);
            } else {
                patient.flip(file, offset, bit);
            }
        };
    }

    private static Injury manifestFlip(Path file, long offset, int bit, Tally tally) {
        return patient -> {
            patient.flip(file, offset, bit);
            String place = file + " byte " + offset + " bit " + bit;
            if (file.startsWith(Specimen.JOURNAL)) {
                Seen seen = patient.readJournal(1);
                if (seen.refusal() == null) {
                    tally.violation("SILENT " + place + ": " + seen);
                } else {
                    judgeRefusal(MANIFEST, place, seen, tally);
                }
                patient.flip(file, offset, bit);
            } else {
                Seen seen = patient.recover(false);
                long last = patient.specimen().lastSequence();
                if (seen.refusal() != null) {
                    judgeRefusal(MANIFEST, place, seen, tally);
                } else if (seen.wrong() != null || seen.lastSequence() != last) {
                    tally.violation("SILENT " + place + ": " + seen);
                } else {
                    tally.count(Ending.REBUILT);
                }
                patient.healAll("");
            }
        };
    }

    /** Chronicle's table beside the files: nothing of ours reads it back. */
    private static Injury tableFlip(Path file, long offset, int bit, Tally tally) {
        return patient -> {
            patient.flip(file, offset, bit);
            Seen seen = patient.recover(true);
            boolean same = seen.wrong() == null
                    && seen.refusal() == null
                    && seen.lastSequence() == patient.specimen().lastSequence();
            if (same) {
                tally.harmless("Chronicle's table");
            } else {
                tally.violation("SILENT " + file + " byte " + offset + " bit " + bit + ": " + seen);
            }
            patient.healAll("");
        };
    }

    /** The whole start: it must end where reading the journal alone did, with its state and its events. */
    private static void recoverWholly(Patient patient, long last, boolean snapshots, String place, Tally tally)
            throws IOException {
        Seen seen = patient.recover(snapshots);
        if (seen.wrong() != null || seen.refusal() != null || seen.lastSequence() != last) {
            tally.violation("SILENT " + place + " recovered: " + seen);
        }
        patient.healAll("");
    }
}
