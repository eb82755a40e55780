package io.scrip.tools.damage;

import io.scrip.tools.damage.Layout.Document;
import io.scrip.tools.damage.Layout.Kind;
import io.scrip.tools.damage.Tally.Ending;
import io.scrip.tools.damage.Ward.Injury;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Cuts the journal and the event log at every byte of their last 64 KiB and at the end of every record, leaves files out,
 * empties, doubles and exchanges them. What opens must be the records up to some place, and none less than the tail
 * rule calls acknowledged; or it is refused and the file named. The result is one line of JSON.
 */
final class Truncations implements Callable<String> {
    private static final int WHOLE_RECOVERY_EVERY = 256;
    private static final int WHOLE_RECOVERY_AFTER_RECORDS = 16;
    /** Chronicle's documents begin at every fourth byte. */
    private static final int ZEROED_EVERY = 4;

    private static final String CHRONICLE = ".cq4";

    private final Path scratch;
    private final long seed;
    private final int every;
    private final int threads;

    /** How a file loses its end. */
    private enum Loss {
        /** It is shorter. */
        CUT,
        /** It is as long as it was and holds zeros there. */
        ZEROED
    }

    /** @param every 1: at each byte; n: at each nth, and at the end of every record */
    Truncations(Path scratch, long seed, int every, int threads) {
        this.scratch = scratch;
        this.seed = seed;
        this.every = every;
        this.threads = threads;
    }

    @Override
    public String call() throws IOException {
        Tally tally = new Tally();
        Specimen specimen = Specimen.make(scratch, seed);
        Ward ward = new Ward(specimen, scratch, threads, tally);
        List<Injury> injuries = new ArrayList<>();
        for (Path file : specimen.files(Specimen.JOURNAL, CHRONICLE)) {
            addJournalLosses(specimen, file, injuries, tally);
        }
        addEventLosses(specimen, injuries, tally);
        List<Path> files = new ArrayList<>(specimen.files(Specimen.JOURNAL, ""));
        files.addAll(specimen.files(Specimen.EVENTS, ""));
        for (Path file : files) {
            addWholeFiles(file, files, injuries, tally);
        }
        ward.doAll(injuries);
        return tally.json();
    }

    private void addJournalLosses(Specimen specimen, Path file, List<Injury> injuries, Tally tally) throws IOException {
        Layout layout = specimen.layout(file);
        boolean open = file.equals(specimen.lastFile(Specimen.JOURNAL));
        for (Loss loss : Loss.values()) {
            int documents = 0;
            for (Document document : layout.documents()) {
                boolean whole = documents++ % WHOLE_RECOVERY_AFTER_RECORDS == 0;
                injuries.add(journalLoss(specimen, file, layout, document.end(), loss, whole, tally));
            }
            long from = Math.max(0, layout.end() - BitFlips.WINDOW_BYTES);
            int step = loss == Loss.CUT ? every : every * ZEROED_EVERY;
            for (long at = open ? from : layout.end(); at < layout.end(); at += step) {
                injuries.add(journalLoss(specimen, file, layout, at, loss, at % WHOLE_RECOVERY_EVERY == 0, tally));
            }
        }
    }

    private static Injury journalLoss(
            Specimen specimen, Path file, Layout layout, long at, Loss loss, boolean whole, Tally tally)
            throws IOException {
        boolean open = file.equals(specimen.lastFile(Specimen.JOURNAL));
        long first = specimen.firstIn(file);
        boolean begun = layout.documents().stream()
                .anyMatch(document -> document.kind() != Kind.FOREIGN && document.end() <= at);
        // What is in the file behind a generation's last record is no part of the journal.
        long whatIsLost = loss == Loss.CUT ? at : firstByteThatIsNotZero(specimen.bytes(file), at);
        long expected = open ? layout.lastBefore(whatIsLost, first - 1) : specimen.lastSequence();
        return patient -> {
            lose(patient, file, at, loss);
            Seen seen = patient.readJournal(first);
            String place = file + " " + loss + " at byte " + at;
            if (seen.wrong() != null) {
                tally.violation(place + ": " + seen);
            } else if (seen.refusal() != null) {
                boolean tornTail = open && begun && loss == Loss.ZEROED;
                if (tornTail || !seen.names(file.getFileName().toString())) {
                    tally.violation(place + ": " + seen);
                } else {
                    tally.count(Ending.REFUSED);
                }
            } else if (seen.lastSequence() != expected) {
                tally.violation(place + ": " + seen + " instead of " + expected);
            } else {
                count(expected < specimen.lastSequence(), tally);
            }
            if (whole && seen.refusal() == null) {
                Seen recovered = patient.recover(true);
                if (recovered.wrong() != null || recovered.refusal() != null || recovered.lastSequence() != expected) {
                    tally.violation(place + ", recovered: " + recovered);
                }
                patient.healAll("");
            } else {
                patient.heal(file, at);
            }
        };
    }

    private static long firstByteThatIsNotZero(byte[] bytes, long from) {
        int at = (int) from;
        while (at < bytes.length && bytes[at] == 0) {
            at++;
        }
        return at;
    }

    private static void count(boolean shorter, Tally tally) {
        if (shorter) {
            tally.count(Ending.SHORTER);
        } else {
            tally.harmless("behind the last record");
        }
    }

    private static void lose(Patient patient, Path file, long at, Loss loss) throws IOException {
        if (loss == Loss.CUT) {
            patient.truncate(file, at);
        } else {
            patient.zero(file, at);
        }
    }

    private void addEventLosses(Specimen specimen, List<Injury> injuries, Tally tally) throws IOException {
        Path file = specimen.lastFile(Specimen.EVENTS);
        Layout layout = specimen.layout(file);
        long first = specimen.firstIn(file);
        long from = Math.max(0, layout.end() - BitFlips.WINDOW_BYTES);
        for (long at = from; at < layout.end(); at += every) {
            long offset = at;
            boolean whole = at % WHOLE_RECOVERY_EVERY == 0;
            injuries.add(patient -> {
                lose(patient, file, offset, Loss.CUT);
                Seen seen = whole ? patient.recover(true) : patient.readEvents(first);
                long expected = whole ? specimen.lastSequence() : layout.lastBefore(offset, first - 1);
                if (seen.wrong() != null || seen.refusal() != null || seen.lastSequence() != expected) {
                    tally.violation(file + " cut at byte " + offset + ": " + seen + ", not " + expected);
                } else {
                    tally.count(Ending.REBUILT);
                }
                if (whole) {
                    patient.healAll("");
                } else {
                    patient.healEvents(file, offset);
                }
            });
        }
    }

    /** One file missing, empty, all zeros, beside itself under the next name, and in the place of each other file. */
    private static void addWholeFiles(Path file, List<Path> files, List<Injury> injuries, Tally tally) {
        injuries.add(wholeFile(file + " missing", patient -> Files.delete(patient.path(file)), tally));
        injuries.add(wholeFile(file + " empty", patient -> patient.truncate(file, 0), tally));
        injuries.add(wholeFile(file + " all zeros", patient -> patient.zero(file, 0), tally));
        if (file.toString().endsWith(CHRONICLE)) {
            Path next = file.resolveSibling(nextName(file.getFileName().toString()));
            injuries.add(wholeFile(
                    file + " once more as " + next.getFileName(),
                    patient -> Files.copy(patient.path(file), patient.path(next), StandardCopyOption.REPLACE_EXISTING),
                    tally));
        }
        for (Path other : files) {
            if (other.compareTo(file) > 0) {
                injuries.add(
                        wholeFile(file + " exchanged with " + other, patient -> exchange(patient, file, other), tally));
            }
            if (!other.equals(file)) {
                injuries.add(wholeFile(
                        file + " replaced by " + other,
                        patient -> Files.copy(
                                patient.path(other), patient.path(file), StandardCopyOption.REPLACE_EXISTING),
                        tally));
            }
        }
    }

    private static String nextName(String name) {
        int hour = Integer.parseInt(name.substring(9, 11)) + 1;
        return String.format(java.util.Locale.ROOT, "%s%02d%s", name.substring(0, 9), hour, name.substring(11));
    }

    private static void exchange(Patient patient, Path one, Path other) throws IOException {
        byte[] first = Files.readAllBytes(patient.path(one));
        Files.write(patient.path(one), Files.readAllBytes(patient.path(other)));
        Files.write(patient.path(other), first);
    }

    private static Injury wholeFile(String what, Injury injury, Tally tally) {
        return patient -> {
            injury.inflict(patient);
            Seen seen = patient.recover(false);
            if (seen.wrong() != null) {
                tally.violation(what + ": " + seen);
            } else if (seen.refusal() != null) {
                tally.count(Ending.REFUSED);
            } else if (seen.lastSequence() != patient.specimen().lastSequence()) {
                tally.violation(what + ": " + seen);
            } else {
                tally.harmless(what.replaceAll("^\\S+ (\\S+).*", "$1"));
            }
            patient.healAll("");
        };
    }
}
