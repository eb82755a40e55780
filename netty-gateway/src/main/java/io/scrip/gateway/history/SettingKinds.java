package io.scrip.gateway.history;

import static io.scrip.gateway.history.SettingMember.amount;
import static io.scrip.gateway.history.SettingMember.count;
import static io.scrip.gateway.history.SettingMember.flag;
import static io.scrip.gateway.history.SettingMember.none;
import static io.scrip.gateway.history.SettingMember.text;
import static io.scrip.gateway.history.SettingMember.token;
import static io.scrip.gateway.history.SettingMember.units;
import static io.scrip.gateway.history.SettingMember.wallet;
import static io.scrip.gateway.history.SettingMember.word;

import io.scrip.protocol.AllowCounterpartyDecoder;
import io.scrip.protocol.ChangeStatusDecoder;
import io.scrip.protocol.KillSwitchDecoder;
import io.scrip.protocol.RegisterTokenDecoder;
import io.scrip.protocol.RemoveCounterpartyDecoder;
import io.scrip.protocol.SetBoundsDecoder;
import io.scrip.protocol.SetBudgetDecoder;
import io.scrip.protocol.SetFeeDecoder;
import io.scrip.protocol.SetLimitDecoder;
import io.scrip.protocol.SetParentDecoder;
import java.util.List;
import org.agrona.DirectBuffer;

/** The commands that set something and move nothing, taken out of their messages as the API names their members. */
final class SettingKinds {
    private static final String WALLET = "wallet_id";
    private static final String TOKEN = "token";
    private static final String ACCOUNT = "account";
    private static final String REASON = "reason";

    private SettingKinds() {}

    static List<CommandKind> all() {
        return List.of(
                new CommandKind(RegisterTokenDecoder.TEMPLATE_ID, SettingKinds::registerToken),
                new CommandKind(ChangeStatusDecoder.TEMPLATE_ID, SettingKinds::changeStatus),
                new CommandKind(SetBoundsDecoder.TEMPLATE_ID, SettingKinds::setBounds),
                new CommandKind(SetFeeDecoder.TEMPLATE_ID, SettingKinds::setFee),
                new CommandKind(SetParentDecoder.TEMPLATE_ID, SettingKinds::setParent),
                new CommandKind(SetLimitDecoder.TEMPLATE_ID, SettingKinds::setLimit),
                new CommandKind(SetBudgetDecoder.TEMPLATE_ID, SettingKinds::setBudget),
                new CommandKind(AllowCounterpartyDecoder.TEMPLATE_ID, SettingKinds::allow),
                new CommandKind(RemoveCounterpartyDecoder.TEMPLATE_ID, SettingKinds::remove),
                new CommandKind(KillSwitchDecoder.TEMPLATE_ID, SettingKinds::killSwitch));
    }

    private static StoredCommand registerToken(
            StoredCommand.Origin origin, DirectBuffer buffer, int body, int blockLength, int version) {
        RegisterTokenDecoder command = new RegisterTokenDecoder().wrap(buffer, body, blockLength, version);
        return new StoredSetting(
                origin,
                RegisterTokenDecoder.TEMPLATE_ID,
                command.token(),
                List.of(
                        token("code", command.token()),
                        count("scale", command.scale()),
                        flag("transferable", command.transferable() != 0)));
    }

    private static StoredCommand changeStatus(
            StoredCommand.Origin origin, DirectBuffer buffer, int body, int blockLength, int version) {
        ChangeStatusDecoder command = new ChangeStatusDecoder().wrap(buffer, body, blockLength, version);
        boolean whole = command.token() == 0;
        return new StoredSetting(
                origin,
                ChangeStatusDecoder.TEMPLATE_ID,
                command.token(),
                List.of(
                        wallet(WALLET, command.wallet()),
                        word("change", command.change()),
                        token(TOKEN, command.token()),
                        whole ? none(ACCOUNT) : count(ACCOUNT, command.account()),
                        text(REASON, command.reason())));
    }

    private static StoredCommand setBounds(
            StoredCommand.Origin origin, DirectBuffer buffer, int body, int blockLength, int version) {
        SetBoundsDecoder command = new SetBoundsDecoder().wrap(buffer, body, blockLength, version);
        return new StoredSetting(
                origin,
                SetBoundsDecoder.TEMPLATE_ID,
                command.token(),
                List.of(
                        wallet(WALLET, command.wallet()),
                        token(TOKEN, command.token()),
                        count(ACCOUNT, command.account()),
                        amount("floor", command.floor()),
                        amount("ceiling", command.ceiling())));
    }

    private static StoredCommand setFee(
            StoredCommand.Origin origin, DirectBuffer buffer, int body, int blockLength, int version) {
        SetFeeDecoder command = new SetFeeDecoder().wrap(buffer, body, blockLength, version);
        return new StoredSetting(
                origin,
                SetFeeDecoder.TEMPLATE_ID,
                0,
                List.of(
                        word("kind", command.kind()),
                        word("payer", command.payer()),
                        count("basis_points", command.basisPoints()),
                        units("minimum_units", command.minimum()),
                        units("maximum_units", command.maximum()),
                        wallet("revenue_wallet", command.revenueWallet())));
    }

    private static StoredCommand setParent(
            StoredCommand.Origin origin, DirectBuffer buffer, int body, int blockLength, int version) {
        SetParentDecoder command = new SetParentDecoder().wrap(buffer, body, blockLength, version);
        return new StoredSetting(
                origin,
                SetParentDecoder.TEMPLATE_ID,
                0,
                List.of(wallet(WALLET, command.wallet()), wallet("parent", command.parent())));
    }

    private static StoredCommand setLimit(
            StoredCommand.Origin origin, DirectBuffer buffer, int body, int blockLength, int version) {
        SetLimitDecoder command = new SetLimitDecoder().wrap(buffer, body, blockLength, version);
        return new StoredSetting(
                origin,
                SetLimitDecoder.TEMPLATE_ID,
                command.token(),
                List.of(
                        wallet(WALLET, command.wallet()),
                        token(TOKEN, command.token()),
                        count(ACCOUNT, command.account()),
                        word("window", command.window()),
                        count("max_count", command.maxCount()),
                        amount("max_sum", command.maxSum())));
    }

    private static StoredCommand setBudget(
            StoredCommand.Origin origin, DirectBuffer buffer, int body, int blockLength, int version) {
        SetBudgetDecoder command = new SetBudgetDecoder().wrap(buffer, body, blockLength, version);
        return new StoredSetting(
                origin,
                SetBudgetDecoder.TEMPLATE_ID,
                command.token(),
                List.of(
                        wallet(WALLET, command.wallet()),
                        token(TOKEN, command.token()),
                        word("scope", command.scope()),
                        amount("per_call", command.perCall()),
                        amount("per_day", command.perDay()),
                        amount("per_month", command.perMonth())));
    }

    private static StoredCommand allow(
            StoredCommand.Origin origin, DirectBuffer buffer, int body, int blockLength, int version) {
        AllowCounterpartyDecoder command = new AllowCounterpartyDecoder().wrap(buffer, body, blockLength, version);
        return counterparty(
                origin, AllowCounterpartyDecoder.TEMPLATE_ID, command.wallet(), command.counterparty(), true);
    }

    private static StoredCommand remove(
            StoredCommand.Origin origin, DirectBuffer buffer, int body, int blockLength, int version) {
        RemoveCounterpartyDecoder command = new RemoveCounterpartyDecoder().wrap(buffer, body, blockLength, version);
        return counterparty(
                origin, RemoveCounterpartyDecoder.TEMPLATE_ID, command.wallet(), command.counterparty(), false);
    }

    private static StoredCommand counterparty(
            StoredCommand.Origin origin, int templateId, long wallet, long counterparty, boolean allowed) {
        return new StoredSetting(
                origin,
                templateId,
                0,
                List.of(wallet(WALLET, wallet), wallet("counterparty", counterparty), flag("allowed", allowed)));
    }

    private static StoredCommand killSwitch(
            StoredCommand.Origin origin, DirectBuffer buffer, int body, int blockLength, int version) {
        KillSwitchDecoder command = new KillSwitchDecoder().wrap(buffer, body, blockLength, version);
        return new StoredSetting(
                origin,
                KillSwitchDecoder.TEMPLATE_ID,
                0,
                List.of(
                        wallet(WALLET, command.wallet()),
                        flag("on", command.on() != 0),
                        text(REASON, command.reason())));
    }
}
