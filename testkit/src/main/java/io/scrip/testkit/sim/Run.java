package io.scrip.testkit.sim;

import io.scrip.engine.JournalFailure;
import io.scrip.testkit.workload.Chance;
import java.nio.file.Path;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * One seed: clients, network, server and disk, step by step, with the faults of its weather, and every check after
 * each. The same seed gives the same run, bit by bit. One thread.
 */
final class Run implements ObservedJournal.Observer {
    private static final int CHECKPOINTS = 20;
    private static final int DISK_PAGES = 32 << 10;
    private static final int FINAL_ROUNDS = 60;
    private static final int CLIENT_SEED = 0x51;

    private final Chance chance;
    private final int operations;
    private final Trace trace = new Trace();
    private final Fate fate = new Fate(trace);
    private final Disk disk = new Disk(fate, DISK_PAGES);
    private final CommandLog log = new CommandLog();
    private final Referee referee;
    private final Inspector inspector;
    private final Wire wire;
    private final SimulatedServer.Site site;
    private final Faults faults;
    private final Damage damage;
    private final Tally tally = new Tally();
    private Weather weather;
    private SimulatedServer server;
    private long nowNs;
    private long durableSequence;
    private long settledSequence;

    Run(long seed, int operations) {
        this.operations = operations;
        chance = new Chance(seed * 31 + CLIENT_SEED);
        weather = Weather.of(chance);
        referee = new Referee(seed);
        inspector = new Inspector(referee, log, trace);
        wire = new Wire(chance, fate, referee, weather.clients());
        faults = new Faults(chance, weather, disk, fate, tally);
        nowNs = referee.startNs();
        Path folder = disk.root().resolve("data");
        SimulatedSurroundings surroundings = new SimulatedSurroundings(disk, new Chance(seed ^ CLIENT_SEED));
        site = new SimulatedServer.Site(
                folder, surroundings, referee.retention(), weather.rollBytes(), () -> nowNs, this, this::onEvent);
        damage = new Damage(chance, weather.damageProbes(), disk, site, log, tally);
    }

    /** Runs to the end. Leaves by {@link Violation}. */
    RunReport run() {
        try {
            start();
            int nextCheckpoint = operations / CHECKPOINTS;
            while (tally.operations < operations) {
                guarded(this::step);
                if (tally.operations >= nextCheckpoint) {
                    nextCheckpoint += Math.max(1, operations / CHECKPOINTS);
                    checkpoint();
                }
            }
            finish();
        } catch (Disk.NoRoomForMappedPage full) {
            throw new Violation(Check.FULL_DISK, full);
        }
        return tally.report(trace.hash(), log.last());
    }

    /** What has happened so far, for the report of a run that failed. */
    RunReport soFar() {
        return tally.report(trace.hash(), log.last());
    }

    private void guarded(Runnable part) {
        try {
            part.run();
        } catch (Fate.Death death) {
            crash(faults.isPowerCut());
        } catch (JournalFailure failure) {
            if (!disk.hasRefusedAForce() || failure.kind() != JournalFailure.Kind.DEVICE) {
                throw new Violation(Check.FAULT, failure);
            }
            // The process ends with the failure; the machine with such a disk may go on, with what is in its memory.
            tally.refusedForces++;
            crash(chance.coin());
        }
    }

    private void step() {
        nowNs = referee.clock(nowNs);
        faults.plan(tally.operations, log.lengthBytes(), server.host);
        int count = 1 + chance.below(weather.mostInBatch());
        for (int i = 0; i < count; i++) {
            wire.send(server.host, weather);
            tally.operations++;
        }
        wire.deliverDelayed(server.host, false);
        if (server.core.nextDeadlineNs() <= nowNs) {
            wire.tick(server.host);
        }
        runBatch(chance.oneIn(10) ? 1 + chance.below(4) : Integer.MAX_VALUE);
        if (chance.below(CutStyle.HUNDRED) < weather.idle()) {
            server.host.idle();
        }
        if (faults.isTimeForSnapshot(tally.operations)) {
            server.takeSnapshot();
            tally.snapshots++;
        }
        if (faults.isTimeToKill()) {
            fate.kill();
            crash(faults.isPowerCut());
        } else if (faults.isTimeToStop()) {
            stopAndStart();
        }
    }

    private void runBatch(int most) {
        int taken = server.host.runBatch(most == Integer.MAX_VALUE ? 1 << 20 : most);
        List<Offer> batch = wire.offers().subList(0, taken);
        for (Offer offer : batch) {
            Violation.when(offer.reply == null, Check.ORDER, "a message was taken and not answered");
            settle(offer, server.core.lastSequence());
        }
        inspector.checkSettled();
        for (Offer offer : batch) {
            wire.answer(offer, weather);
        }
        wire.settled(taken);
        inspector.checkZeroSum(server.core);
        faults.checkRoom(log.lengthBytes());
    }

    /** Compares what the engine has decided with the model. */
    private void settle(Offer offer, long lastSequence) {
        if (offer.reply != null) {
            trace.note(offer.reply, 0, offer.reply.capacity());
            Violation.when(
                    offer.sequence > durableSequence,
                    Check.ORDER,
                    () -> "sequence " + offer.sequence + " was answered before it was forced");
        }
        if (offer.sequence != 0 && offer.sequence <= lastSequence) {
            inspector.decide(offer);
            settledSequence = offer.sequence;
        } else if (offer.request.dryRun && offer.reply != null && !offer.refused) {
            inspector.checkDryRun(offer);
        }
    }

    private void start() {
        faults.planRecovery();
        while (server == null) {
            durableSequence = 0;
            try {
                server = new SimulatedServer(site, chance.oneIn(3) || faults.mustReadAllEvents());
            } catch (Fate.Death death) {
                tally.crashesInRecovery++;
                faults.strike(faults.isPowerCut());
                faults.planRecovery();
            } catch (JournalFailure failure) {
                if (!disk.hasRefusedAForce()) {
                    throw new Violation(Check.RECOVERY, failure);
                }
                faults.strike(chance.coin());
                faults.planRecovery();
            } catch (IllegalStateException broken) {
                throw new Violation(Check.RECOVERY, broken);
            }
        }
        durableSequence = Math.max(durableSequence, server.core.lastSequence());
        faults.recovered();
        tally.starts++;
    }

    /** The process is gone: what clients were told must be there when it is back. */
    private void crash(boolean power) {
        boolean midCommand = server.isWithinCommand() || wire.isWithinDryRun();
        long liveHash = midCommand ? 0 : server.core.stateHash();
        long liveSequence = server.core.lastSequence();
        for (Offer offer : wire.offers()) {
            if (offer.reply != null && (offer.flushed || chance.coin())) {
                wire.answer(offer, weather);
            }
        }
        server = null;
        tally.crashes++;
        tally.powerCuts += power ? 1 : 0;
        long durable = durableSequence;
        faults.strike(power);
        damage.probeTail(durable);
        faults.damageEvents(site.folder().resolve(SimulatedSurroundings.EVENTS));
        start();
        long last = server.core.lastSequence();
        Violation.when(
                last < wire.highestAcknowledged(),
                Check.ACKNOWLEDGED,
                "sequence " + wire.highestAcknowledged() + " was acknowledged, but the journal ends with " + last
                        + " after a crash " + fate.lastWords());
        Violation.when(
                last < Math.max(settledSequence, liveSequence),
                Check.ACKNOWLEDGED,
                "sequence " + Math.max(settledSequence, liveSequence) + " was applied, but the journal ends with "
                        + last + " after a crash " + fate.lastWords());
        log.truncateAfter(last);
        for (Offer offer : wire.offers()) {
            Violation.when(
                    offer.reply != null && offer.sequence > last,
                    Check.ACKNOWLEDGED,
                    "sequence " + offer.sequence + " was answered and is gone after a crash " + fate.lastWords());
            settle(offer, last);
        }
        wire.forgetOffers();
        inspector.checkSettled();
        if (!midCommand) {
            inspector.checkAgainstSnapshot(liveHash, liveSequence);
        }
        inspector.checkAgainstSnapshot(server.core.stateHash(), last);
        inspector.checkEvents(server);
        trace.note(last);
    }

    private void stopAndStart() {
        runBatch(Integer.MAX_VALUE);
        long hash = server.core.stateHash();
        server.stop();
        server = null;
        tally.stops++;
        disk.loseProcess();
        damage.probeAll();
        faults.damageEvents(site.folder().resolve(SimulatedSurroundings.EVENTS));
        start();
        Violation.when(
                server.core.stateHash() != hash, Check.REPLAY, "the state after an orderly restart is another one");
        inspector.checkAgainstSnapshot(hash, log.last());
        inspector.checkEvents(server);
    }

    private void checkpoint() {
        guarded(() -> runBatch(Integer.MAX_VALUE));
        inspector.checkpoint(server.core);
    }

    /** The faults are over: everything must come to its end. */
    private void finish() {
        weather = weather.calm();
        faults.end();
        for (int round = 0; round < FINAL_ROUNDS && wire.unanswered() > 0; round++) {
            server.host.idle();
            wire.deliverDelayed(server.host, true);
            wire.retryAll(server.host);
            runBatch(Integer.MAX_VALUE);
        }
        Violation.when(
                wire.unanswered() > 0,
                Check.LIVENESS,
                wire.unanswered() + " requests have no answer " + FINAL_ROUNDS + " rounds after the last fault");
        inspector.checkpoint(server.core);
        // The last replay of the journal from its first record on.
        stopAndStart();
        inspector.checkStates(server.core);
    }

    private void onEvent(long eventSequence, DirectBuffer event, int offset, int length) {
        inspector.onEvent(eventSequence, event, offset, length);
    }

    @Override
    public void onRoom(boolean room, int lengthBytes) {
        wire.onRoom(room, lengthBytes);
    }

    @Override
    public void onAppended(long sequence, long timestampNs, DirectBuffer command, int offset, int length) {
        Violation.when(
                sequence != log.last() + 1,
                Check.ORDER,
                () -> "sequence " + sequence + " is appended after " + log.last());
        log.add(timestampNs, command, offset, length);
        trace.note(timestampNs);
        trace.note(command, offset, length);
        wire.onAppended(sequence, timestampNs);
    }

    @Override
    public void onForced(long sequence) {
        durableSequence = Math.max(durableSequence, sequence);
        site.surroundings().onForced();
    }

    @Override
    public void onReplayed(long sequence, long timestampNs, DirectBuffer command, int offset, int length) {
        Violation.when(
                !log.holds(sequence, timestampNs, command, offset, length),
                Check.ACKNOWLEDGED,
                () -> "record " + sequence + " is not the one that was written");
        durableSequence = Math.max(durableSequence, sequence);
    }
}
