package io.scrip.gateway.history;

import io.scrip.gateway.json.JsonOut;
import io.scrip.gateway.json.TokenScales;
import io.scrip.gateway.json.WalletJson;
import io.scrip.protocol.OpenWalletDecoder;
import java.util.List;
import org.agrona.DirectBuffer;

/** The commands that open something with a key of its own. */
final class AdminKinds {
    private AdminKinds() {}

    static List<CommandKind> all() {
        return List.of(new CommandKind(OpenWalletDecoder.TEMPLATE_ID, AdminKinds::openWallet));
    }

    /** A wallet was asked for; the hash of the key made for it is not part of the content. */
    record OpenWallet(Origin origin, String owner) implements QuietCommand {
        @Override
        public int templateId() {
            return OpenWalletDecoder.TEMPLATE_ID;
        }

        @Override
        public List<Field> content() {
            return List.of(new Field("owner", owner));
        }

        @Override
        public void writeApplied(JsonOut json, StoredDecision decision, TokenScales scales) {
            WalletJson.writeOpened(
                    json,
                    decision.wallet(),
                    owner,
                    decision.sequence(),
                    decision.eventSequence(),
                    decision.timestampNs(),
                    null);
        }
    }

    private static StoredCommand openWallet(
            StoredCommand.Origin origin, DirectBuffer buffer, int body, int blockLength, int version) {
        return new OpenWallet(
                origin,
                new OpenWalletDecoder().wrap(buffer, body, blockLength, version).owner());
    }
}
