package io.scrip.proof;

import io.scrip.protocol.BalancesDecoder;
import io.scrip.protocol.DecisionEventDecoder;
import io.scrip.protocol.IssueDecoder;
import io.scrip.protocol.LegEventDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.MultiTransferDecoder;
import io.scrip.protocol.TransferDecoder;
import org.agrona.DirectBuffer;

/** Turns event records into leaves, and into what a receipt may open. Not thread safe. */
final class LeafReader {
    static final int FROM = 1;
    static final int TO = 2;
    static final int TEXTS = 3;
    static final int NUMBERS = 4;
    private static final byte[] ZEROS = new byte[Sha256.BYTES];

    private final Salts salts;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final LegEventDecoder leg = new LegEventDecoder();
    private final DecisionEventDecoder decision = new DecisionEventDecoder();
    private String reference = "";
    private String metadata = "";

    LeafReader(Salts salts) {
        this.salts = salts;
    }

    Leaf read(DirectBuffer event, int offset) {
        return open(event, offset).leaf();
    }

    /** The leaf with everything it commits to; who may see what of it is the caller's to decide. */
    OpenedLeaf open(DirectBuffer event, int offset) {
        header.wrap(event, offset);
        return header.templateId() == LegEventDecoder.TEMPLATE_ID
                ? openLeg(event, offset)
                : openDecision(event, offset);
    }

    private OpenedLeaf openLeg(DirectBuffer event, int offset) {
        leg.wrapAndApplyHeader(event, offset, header);
        leg.sbeSkip();
        int end = leg.limit();
        leg.sbeRewind();
        for (LegEventDecoder.LotsDecoder lot : leg.lots()) {
            lot.amount();
        }
        readTexts(event, leg.limit() + LegEventDecoder.commandHeaderLength(), leg.commandLength(), end);
        long eventSequence = leg.eventSequence();
        AccountTotals from = totals(leg.fromBalances());
        AccountTotals to = totals(leg.toBalances());
        byte[] fromSalt = salts.salt(eventSequence, FROM);
        byte[] toSalt = salts.salt(eventSequence, TO);
        byte[] textsSalt = salts.salt(eventSequence, TEXTS);
        Leaf leaf = new Leaf(
                eventSequence,
                leg.sequence(),
                leg.timestamp(),
                leg.id().high(),
                leg.id().low(),
                true,
                leg.outcome().value(),
                leg.kind().value(),
                leg.legIndex(),
                leg.legCount(),
                leg.scale(),
                leg.feePayer().value(),
                leg.token(),
                leg.amount(),
                leg.fee(),
                leg.from(),
                leg.to(),
                leg.fromAccount(),
                leg.toAccount(),
                leg.expiresAt(),
                leg.holdId().high(),
                leg.holdId().low(),
                Commitment.ofBalances(fromSalt, from),
                Commitment.ofBalances(toSalt, to),
                Commitment.ofTexts(textsSalt, reference, metadata));
        return new OpenedLeaf(leaf, new Opening<>(from, fromSalt), new Opening<>(to, toSalt), null, texts(textsSalt));
    }

    private OpenedLeaf openDecision(DirectBuffer event, int offset) {
        decision.wrapAndApplyHeader(event, offset, header);
        int commandAt = decision.limit() + DecisionEventDecoder.commandHeaderLength();
        int commandBytes = decision.commandLength();
        readTexts(event, commandAt, commandBytes, commandAt + commandBytes);
        long eventSequence = decision.eventSequence();
        byte[] numbersSalt = salts.salt(eventSequence, NUMBERS);
        byte[] textsSalt = salts.salt(eventSequence, TEXTS);
        RefusalNumbers numbers = new RefusalNumbers(decision.needed(), decision.available(), decision.limitValue());
        Leaf leaf = new Leaf(
                eventSequence,
                decision.sequence(),
                decision.timestamp(),
                decision.id().high(),
                decision.id().low(),
                false,
                decision.outcome().value(),
                0,
                0,
                1,
                0,
                0,
                0,
                0,
                0,
                0,
                decision.wallet(),
                0,
                0,
                0,
                0,
                0,
                Commitment.ofNumbers(numbersSalt, numbers),
                Commitment.ofTexts(textsSalt, reference, metadata),
                ZEROS);
        return new OpenedLeaf(leaf, null, null, new Opening<>(numbers, numbersSalt), texts(textsSalt));
    }

    private Opening<Opening.Texts> texts(byte[] salt) {
        return new Opening<>(new Opening.Texts(reference, metadata), salt);
    }

    private static AccountTotals totals(BalancesDecoder balances) {
        return new AccountTotals(
                balances.debitsPosted(),
                balances.creditsPosted(),
                balances.debitsPending(),
                balances.creditsPending(),
                balances.floor(),
                balances.ceiling(),
                balances.version(),
                balances.staked(),
                balances.withheld());
    }

    /** Reference and metadata of the command in an event, empty where it has none. */
    private void readTexts(DirectBuffer event, int commandAt, int commandBytes, int end) {
        reference = "";
        metadata = "";
        if (commandBytes == 0 || commandAt + commandBytes > end) {
            return;
        }
        header.wrap(event, commandAt);
        switch (header.templateId()) {
            case TransferDecoder.TEMPLATE_ID -> {
                TransferDecoder command = new TransferDecoder().wrapAndApplyHeader(event, commandAt, header);
                for (TransferDecoder.ConditionsDecoder condition : command.conditions()) {
                    condition.value();
                }
                reference = command.reference();
                metadata = command.metadata();
            }
            case MultiTransferDecoder.TEMPLATE_ID -> {
                MultiTransferDecoder command = new MultiTransferDecoder().wrapAndApplyHeader(event, commandAt, header);
                for (MultiTransferDecoder.LegsDecoder one : command.legs()) {
                    one.amount();
                }
                reference = command.reference();
                metadata = command.metadata();
            }
            case IssueDecoder.TEMPLATE_ID -> {
                IssueDecoder command = new IssueDecoder().wrapAndApplyHeader(event, commandAt, header);
                reference = command.reference();
                metadata = command.metadata();
            }
            default -> {
                // The other commands have no texts that a receipt would show.
            }
        }
    }
}
