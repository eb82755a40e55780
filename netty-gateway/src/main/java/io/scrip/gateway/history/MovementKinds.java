package io.scrip.gateway.history;

import io.scrip.protocol.IssueDecoder;
import io.scrip.protocol.LotTermsDecoder;
import io.scrip.protocol.TransferDecoder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** The commands that move or reserve value. */
final class MovementKinds {
    private MovementKinds() {}

    static List<CommandKind> all() {
        return List.of(
                new CommandKind(IssueDecoder.TEMPLATE_ID, MovementKinds::issue),
                new CommandKind(TransferDecoder.TEMPLATE_ID, MovementKinds::transfer),
                StoredMultiTransfer.kind(),
                StoredReverse.kind());
    }

    private static StoredCommand issue(
            StoredCommand.Origin origin, DirectBuffer buffer, int body, int blockLength, int version) {
        IssueDecoder issue = new IssueDecoder().wrap(buffer, body, blockLength, version);
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

    private static StoredCommand transfer(
            StoredCommand.Origin origin, DirectBuffer buffer, int body, int blockLength, int version) {
        TransferDecoder transfer = new TransferDecoder().wrap(buffer, body, blockLength, version);
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
