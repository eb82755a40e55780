package io.scrip.gateway.history;

import io.scrip.gateway.json.BalancesJson;
import io.scrip.gateway.json.JsonOut;
import io.scrip.gateway.json.TransferJson;
import io.scrip.gateway.json.Viewer;
import io.scrip.protocol.LegKind;

/** A leg as the API's transfer, with the balances its viewer may read. One thread at a time. */
public final class LegJson {
    private final TransferJson transfer = new TransferJson();

    /** Writes the transfer object: the payer sees {@code from}, the payee {@code to}, operator and auditor both. */
    public void write(JsonOut json, StoredLeg leg, Viewer viewer) {
        transfer.clear()
                .id(leg.idHigh(), leg.idLow())
                .status(leg.status())
                .kind(leg.kind())
                .parties(leg.from(), leg.to())
                .accounts(leg.shownFromAccount(), leg.toAccount())
                .token(leg.token(), leg.scale())
                .amount(leg.amount(), leg.fee())
                .feePayer(leg.feePayer())
                .hold(leg.holdHigh(), leg.holdLow())
                .decidedAt(leg.sequence(), leg.timestampNs())
                .balances(
                        viewer.mayRead(leg.from()) ? leg.fromBalances() : null,
                        viewer.mayRead(leg.to()) ? leg.toBalances() : null);
        if (leg.legKind() == LegKind.HOLD) {
            transfer.expiresAt(leg.expiresNs());
        }
        MovementJson.describe(transfer, leg.command());
        transfer.write(json);
    }

    /** Writes the balance of the wallet's main account after the leg, which has to have touched it. */
    public static void writeBalance(JsonOut json, StoredLeg leg, long wallet) {
        BalancesJson.write(json, leg.token(), leg.scale(), leg.mainBalancesOf(wallet));
    }
}
