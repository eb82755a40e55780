package io.scrip.gateway.history;

import io.scrip.gateway.json.JsonOut;
import io.scrip.gateway.json.TokenScales;
import io.scrip.gateway.json.WalletJson;
import io.scrip.protocol.OpenWalletDecoder;
import io.scrip.protocol.RegisterTokenDecoder;
import java.util.List;
import org.agrona.DirectBuffer;

/** The commands that set things up: they move nothing, and only the operator or those above a wallet send them. */
final class AdminKinds {
    private AdminKinds() {}

    static List<CommandKind> all() {
        return List.of(
                new CommandKind(OpenWalletDecoder.TEMPLATE_ID, AdminKinds::openWallet),
                new CommandKind(RegisterTokenDecoder.TEMPLATE_ID, AdminKinds::registerToken));
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

    /** A token was registered. */
    record RegisterToken(Origin origin, long token, int scale, boolean transferable) implements StoredCommand {
        @Override
        public int templateId() {
            return RegisterTokenDecoder.TEMPLATE_ID;
        }

        @Override
        public List<Field> content() {
            return List.of(
                    new Field("token", token), new Field("scale", scale), new Field("transferable", transferable));
        }
    }

    private static StoredCommand openWallet(
            StoredCommand.Origin origin, DirectBuffer buffer, int body, int blockLength, int version) {
        return new OpenWallet(
                origin,
                new OpenWalletDecoder().wrap(buffer, body, blockLength, version).owner());
    }

    private static StoredCommand registerToken(
            StoredCommand.Origin origin, DirectBuffer buffer, int body, int blockLength, int version) {
        RegisterTokenDecoder register = new RegisterTokenDecoder().wrap(buffer, body, blockLength, version);
        return new RegisterToken(origin, register.token(), register.scale(), register.transferable() != 0);
    }
}
