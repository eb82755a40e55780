package io.scrip.testkit.model;

import io.scrip.protocol.FeePayer;
import io.scrip.protocol.SettingsReplyDecoder;
import java.util.ArrayList;
import java.util.List;

/** What the operator has set for all. */
public record SettingsView(long sequence, long timestampNs, List<Token> tokens, List<Fee> fees) {

    /** A registered token. */
    public record Token(long token, int scale, boolean transferable) {}

    /** What transfers of a kind cost. */
    public record Fee(int kind, FeePayer payer, long basisPoints, long minimum, long maximum, long revenueWallet) {}

    public static SettingsView of(SettingsReplyDecoder reply) {
        List<Token> tokens = new ArrayList<>();
        for (SettingsReplyDecoder.TokensDecoder token : reply.tokens()) {
            tokens.add(new Token(token.token(), token.scale(), token.transferable() == 1));
        }
        List<Fee> fees = new ArrayList<>();
        for (SettingsReplyDecoder.FeesDecoder fee : reply.fees()) {
            fees.add(new Fee(
                    fee.kind().value(),
                    fee.payer(),
                    fee.basisPoints(),
                    fee.minimum(),
                    fee.maximum(),
                    fee.revenueWallet()));
        }
        return new SettingsView(reply.sequence(), reply.timestamp(), tokens, fees);
    }
}
