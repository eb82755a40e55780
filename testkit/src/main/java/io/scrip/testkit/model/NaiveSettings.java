package io.scrip.testkit.model;

import io.scrip.protocol.ChangeStatusDecoder;
import io.scrip.protocol.OpenWalletDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.RegisterOperatorKeyDecoder;
import io.scrip.protocol.RegisterTokenDecoder;
import io.scrip.protocol.SetBoundsDecoder;
import io.scrip.protocol.SetFeeDecoder;
import io.scrip.protocol.StatusChange;
import io.scrip.protocol.TransferKind;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Commands that move nothing: tokens, wallets, bounds, standing, fees, keys. */
final class NaiveSettings {
    private static final int MAX_TOKENS = 256;
    private static final long MAX_BASIS_POINTS = 10_000;

    private final NaiveBooks books;

    NaiveSettings(NaiveBooks books) {
        this.books = books;
    }

    void registerToken(RegisterTokenDecoder command) {
        Refusal.when(books.tokens.containsKey(command.token()), Outcome.TOKEN_EXISTS);
        Refusal.when(books.tokens.size() == MAX_TOKENS, Outcome.TOO_MANY_TOKENS, 1L, 0L, (long) MAX_TOKENS);
        Refusal.when(!NaiveLedger.isOperator(command.caller().role()), Outcome.NOT_AUTHORIZED);
        books.tokens.put(command.token(), new NaiveBooks.Token(command.scale(), command.transferable() == 1));
        AccountKey issuance = new AccountKey(NaiveBooks.PLATFORM, command.token(), AccountKey.ISSUANCE);
        books.open(issuance, NaiveAccount.issuance());
    }

    void openWallet(OpenWalletDecoder command, Movement movement) {
        boolean may = NaiveLedger.isOperator(command.caller().role());
        byte[] bytes = new byte[command.ownerLength()];
        command.getOwner(bytes, 0, bytes.length);
        String owner = new String(bytes, StandardCharsets.ISO_8859_1);
        Long existing = books.owners.get(owner);
        Refusal.forWallet(existing != null, Outcome.OWNER_EXISTS, existing == null ? 0 : existing);
        Refusal.when(!may, Outcome.NOT_AUTHORIZED);
        movement.wallet = books.wallets.size() + 1L;
        books.wallets.put(movement.wallet, new NaiveBooks.Wallet(owner, 1, false, false));
        books.owners.put(owner, movement.wallet);
    }

    void registerOperatorKey(RegisterOperatorKeyDecoder command) {
        Refusal.when(!NaiveLedger.isOperator(command.caller().role()), Outcome.NOT_AUTHORIZED);
    }

    void setBounds(SetBoundsDecoder command, Movement movement) {
        Refusal.when(command.floor() > command.ceiling(), Outcome.BAD_BOUNDS, command.floor(), 0L, command.ceiling());
        Refusal.when(!books.tokens.containsKey(command.token()), Outcome.UNKNOWN_TOKEN);
        Refusal.when(!books.wallets.containsKey(command.wallet()), Outcome.UNKNOWN_WALLET);
        Refusal.when(!AccountKey.isUsable(command.account()), Outcome.UNKNOWN_ACCOUNT);
        AccountKey key = new AccountKey(command.wallet(), command.token(), command.account());
        books.checkRoom(key);
        Refusal.when(books.isClosed(key), Outcome.CLOSED);
        Refusal.when(!NaiveLedger.isOperator(command.caller().role()), Outcome.NOT_AUTHORIZED);
        books.open(key);
        BigInteger floor = Numbers.floorOf(command.floor());
        books.accounts.put(key, books.account(key).bounded(floor, Numbers.ceilingOf(command.ceiling())));
        movement.wallet = command.wallet();
    }

    void changeStatus(ChangeStatusDecoder command, Movement movement) {
        boolean whole = command.token() == 0;
        Refusal.when(!whole && !books.tokens.containsKey(command.token()), Outcome.UNKNOWN_TOKEN);
        NaiveBooks.Wallet wallet = books.wallets.get(command.wallet());
        Refusal.when(wallet == null, Outcome.UNKNOWN_WALLET);
        Refusal.when(!whole && !AccountKey.isUsable(command.account()), Outcome.UNKNOWN_ACCOUNT);
        AccountKey key = new AccountKey(command.wallet(), command.token(), command.account());
        Refusal.when(whole ? wallet.closed() : books.isClosed(key), Outcome.CLOSED);
        boolean may = NaiveLedger.isOperator(command.caller().role()) && command.wallet() != NaiveBooks.PLATFORM;
        Refusal.when(!may, Outcome.NOT_AUTHORIZED);
        List<AccountKey> meant = whole ? books.accountsOf(command.wallet()) : List.of(key);
        boolean close = command.change() == StatusChange.CLOSE;
        Refusal.when(
                close && !meant.stream().allMatch(each -> books.account(each).isEmpty()), Outcome.NOT_EMPTY);
        movement.wallet = command.wallet();
        boolean freeze = command.change() == StatusChange.FREEZE;
        boolean unfreeze = command.change() == StatusChange.UNFREEZE;
        if (!whole) {
            books.open(key);
            NaiveAccount account = books.account(key);
            boolean frozen = freeze || (account.frozen() && !unfreeze);
            books.accounts.put(key, account.standing(frozen, account.closed() || close));
            return;
        }
        boolean frozen = freeze || (wallet.frozen() && !unfreeze);
        books.wallets.put(
                command.wallet(),
                new NaiveBooks.Wallet(wallet.owner(), wallet.version() + 1, frozen, wallet.closed() || close));
        for (AccountKey each : meant) {
            NaiveAccount account = books.account(each);
            books.accounts.put(each, account.standing(account.frozen(), account.closed()));
        }
    }

    void setFee(SetFeeDecoder command, Movement movement) {
        boolean sound = command.basisPoints() >= 0
                && command.basisPoints() <= MAX_BASIS_POINTS
                && command.minimum() >= 0
                && command.maximum() >= command.minimum()
                && command.kind() != TransferKind.PLAIN;
        Refusal.when(!sound, Outcome.BAD_FEE, command.basisPoints(), 0L, MAX_BASIS_POINTS);
        NaiveBooks.Wallet revenue = books.wallets.get(command.revenueWallet());
        Refusal.when(revenue == null, Outcome.UNKNOWN_WALLET);
        Refusal.when(revenue.closed(), Outcome.CLOSED);
        Refusal.when(!NaiveLedger.isOperator(command.caller().role()), Outcome.NOT_AUTHORIZED);
        Map<Integer, FeeSchedule> schedules = books.schedules;
        schedules.put(
                (int) command.kind().value(),
                new FeeSchedule(
                        command.basisPoints(),
                        BigInteger.valueOf(command.minimum()),
                        BigInteger.valueOf(command.maximum()),
                        command.payer(),
                        command.revenueWallet()));
        movement.wallet = command.revenueWallet();
    }
}
