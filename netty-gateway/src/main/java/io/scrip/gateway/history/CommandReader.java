package io.scrip.gateway.history;

import io.scrip.protocol.CallerDecoder;
import io.scrip.protocol.Id128Decoder;
import io.scrip.protocol.IssueDecoder;
import io.scrip.protocol.LotTermsDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.OpenWalletDecoder;
import io.scrip.protocol.RegisterTokenDecoder;
import io.scrip.protocol.TransferDecoder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** Takes a command out of its SBE message. Holds flyweights: one thread at a time. */
public final class CommandReader {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final Id128Decoder id = new Id128Decoder();
    private final CallerDecoder caller = new CallerDecoder();
    private final IssueDecoder issue = new IssueDecoder();
    private final TransferDecoder transfer = new TransferDecoder();
    private final OpenWalletDecoder openWallet = new OpenWalletDecoder();
    private final RegisterTokenDecoder registerToken = new RegisterTokenDecoder();

    /**
     * Copies everything it needs; the buffer may be reused afterwards.
     *
     * @throws IllegalArgumentException when the bytes are too short to be a command
     */
    public StoredCommand read(DirectBuffer buffer, int offset, int length) {
        int originLengthBytes = Id128Decoder.ENCODED_LENGTH + CallerDecoder.ENCODED_LENGTH;
        if (length < MessageHeaderDecoder.ENCODED_LENGTH + originLengthBytes) {
            throw new IllegalArgumentException("no command has only " + length + " bytes");
        }
        header.wrap(buffer, offset);
        int body = offset + MessageHeaderDecoder.ENCODED_LENGTH;
        id.wrap(buffer, body);
        caller.wrap(buffer, body + Id128Decoder.ENCODED_LENGTH);
        StoredCommand.Origin origin = new StoredCommand.Origin(id.high(), id.low(), caller.role(), caller.wallet());
        return switch (header.templateId()) {
            case IssueDecoder.TEMPLATE_ID -> issue(origin, buffer, body);
            case TransferDecoder.TEMPLATE_ID -> transfer(origin, buffer, body);
            case OpenWalletDecoder.TEMPLATE_ID -> {
                openWallet.wrap(buffer, body, header.blockLength(), header.version());
                yield new StoredCommand.OpenWallet(origin, openWallet.owner());
            }
            case RegisterTokenDecoder.TEMPLATE_ID -> {
                registerToken.wrap(buffer, body, header.blockLength(), header.version());
                yield new StoredCommand.RegisterToken(
                        origin, registerToken.token(), registerToken.scale(), registerToken.transferable() != 0);
            }
            default -> new StoredCommand.Other(origin, header.templateId());
        };
    }

    private StoredCommand issue(StoredCommand.Origin origin, DirectBuffer buffer, int body) {
        issue.wrap(buffer, body, header.blockLength(), header.version());
        String reference = issue.reference();
        String metadata = issue.metadata();
        LotTermsDecoder terms = issue.terms();
        return new StoredCommand.Issue(
                origin,
                issue.to(),
                issue.token(),
                issue.amount(),
                new StoredCommand.Terms(
                        terms.category(),
                        terms.priority(),
                        terms.effectiveAt(),
                        terms.expiresAt(),
                        terms.convertibleFrom()),
                reference,
                metadata);
    }

    private StoredCommand transfer(StoredCommand.Origin origin, DirectBuffer buffer, int body) {
        transfer.wrap(buffer, body, header.blockLength(), header.version());
        TransferDecoder.ConditionsDecoder group = transfer.conditions();
        List<StoredCommand.Condition> conditions = group.count() == 0 ? List.of() : new ArrayList<>(group.count());
        while (group.hasNext()) {
            group.next();
            conditions.add(
                    new StoredCommand.Condition(group.side(), group.measure(), group.comparison(), group.value()));
        }
        String reference = transfer.reference();
        String metadata = transfer.metadata();
        return new StoredCommand.Transfer(
                origin,
                transfer.from(),
                transfer.to(),
                transfer.token(),
                transfer.amount(),
                transfer.applyBefore(),
                transfer.flags().dryRun(),
                transfer.flags().upTo(),
                transfer.kind(),
                transfer.fromAccount(),
                transfer.toAccount(),
                transfer.timeoutNs(),
                conditions,
                reference,
                metadata);
    }
}
