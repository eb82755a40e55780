package io.scrip.gateway.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.scrip.protocol.FeePayer;
import io.scrip.protocol.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TransferJsonTest {
    private static final long CRD = TokenCodes.parse("CRD");
    private static final UUID ID = UUID.fromString("0192f3a4-5b6c-7d8e-9fa0-b1c2d3e4f506");

    @Test
    void showsAPostedTransferInTheApisOrder() {
        TransferJson transfer = posted().texts("order 7", "{\"a\":1}")
                .balances(new BalanceNumbers(25_000_000, 100_000_000, 1_000_000, 2_000_000, 0, 5, 0), null);
        assertEquals(
                ("{'id':'0192f3a4-5b6c-7d8e-9fa0-b1c2d3e4f506','status':'posted','kind':'transfer',"
                                + "'from':'" + WalletIds.toText(2) + "','to':'" + WalletIds.toText(3) + "',"
                                + "'token':'CRD','amount':'20','fee':'1','fee_payer':'receiver','net':'19',"
                                + "'sequence':7,"
                                + "'timestamp':'1970-01-01T00:00:00.000000009Z','reference':'order 7',"
                                + "'metadata':{'a':1},'balances':{'from':{'token':'CRD','available':'74',"
                                + "'pending':'2','locked':'1','staked':'0.000005','total':'75.000005'}}}")
                        .replace('\'', '"'),
                written(transfer::write));
    }

    @Test
    void showsNullForWhatIsNotThere() {
        TransferJson transfer =
                posted().decidedAt(0, 0).token(CRD, TransferJson.UNKNOWN_SCALE).texts("", null);
        assertEquals(
                ("{'id':'0192f3a4-5b6c-7d8e-9fa0-b1c2d3e4f506','status':'posted','kind':'transfer',"
                                + "'from':'" + WalletIds.toText(2) + "','to':'" + WalletIds.toText(3) + "',"
                                + "'token':'CRD','amount':null,'fee':null,'net':null,'sequence':null,"
                                + "'timestamp':null,'reference':null,'metadata':null,'balances':{}}")
                        .replace('\'', '"'),
                written(transfer::write));
    }

    @Test
    void forgetsTheLastTransferWhenCleared() {
        TransferJson used = posted().texts("x", "{}").balances(BalanceNumbers.NOTHING, BalanceNumbers.NOTHING);
        assertEquals(
                written(new TransferJson().clear().token(CRD, 6)::write),
                written(used.clear().token(CRD, 6)::write));
    }

    @Test
    void showsNoLimitAsNull() {
        BalanceNumbers issuance = new BalanceNumbers(7, 0, 0, 0, BalancesJson.UNLIMITED_FLOOR, 0, 0);
        assertEquals(
                "{'token':'CRD','available':null,'pending':'0','locked':'0','staked':'0','total':'-0.000007'}"
                        .replace('\'', '"'),
                written(json -> BalancesJson.write(json, CRD, 6, issuance)));
    }

    @Test
    void showsTheKeyOfANewWalletLast() {
        String replay = written(json -> WalletJson.writeOpened(json, 5, "agent:\"x\"", 3, 4, 9, null));
        String first = written(json -> WalletJson.writeOpened(json, 5, "agent:\"x\"", 3, 4, 9, "sk_1"));
        assertEquals(replay.replace("]}", "],\"api_key\":\"sk_1\"}"), first);
    }

    @Test
    void explainsARefusalWithItsNumbers() {
        OutcomeStatus row = OutcomeStatus.of(Outcome.INSUFFICIENT_FUNDS);
        OutcomeProblem.Numbers numbers = new OutcomeProblem.Numbers(6, 20_000_000, 1, 0, 0);
        assertEquals(
                ("{'type':'urn:scrip:problem:insufficient_funds','title':'Insufficient funds','status':402,"
                                + "'detail':'The payer has less available than is needed.','code':'insufficient_funds',"
                                + "'request_id':'evt-9','needed':'20','available':'0.000001'}")
                        .replace('\'', '"'),
                written(json -> OutcomeProblem.write(json, row, numbers, OutcomeProblem.requestId(9))));
        assertEquals(
                ("{'type':'urn:scrip:problem:insufficient_funds','title':'Insufficient funds','status':402,"
                                + "'detail':'The payer has less available than is needed.','code':'insufficient_funds',"
                                + "'id':'0192f3a4-5b6c-7d8e-9fa0-b1c2d3e4f506','needed':'20','available':'0.000001'}")
                        .replace('\'', '"'),
                written(json -> OutcomeProblem.writeItem(
                        json, row, numbers, ID.getMostSignificantBits(), ID.getLeastSignificantBits())));
    }

    @Test
    void explainsEachKindOfRefusalWithTheNumbersThatBelongToIt() {
        assertEquals("'needed':'5'", numbersOf(Outcome.CEILING_EXCEEDED, new OutcomeProblem.Numbers(0, 5, 6, 7, 8)));
        assertEquals(
                "'available':6,'limit':7",
                numbersOf(
                        Outcome.CONDITION_FAILED,
                        new OutcomeProblem.Numbers(OutcomeProblem.PLAIN_NUMBERS, 5, 6, 7, 8)));
        assertEquals(
                "'available':'6','limit':'7'",
                numbersOf(Outcome.CONDITION_FAILED, new OutcomeProblem.Numbers(0, 5, 6, 7, 8)));
        assertEquals(
                "'limit':'1970-01-01T00:00:00.000000007Z','timestamp':'1970-01-01T00:00:00.000000006Z'",
                numbersOf(Outcome.TOO_LATE, new OutcomeProblem.Numbers(0, 5, 6, 7, 8)));
        assertEquals(
                "'wallet_id':'" + WalletIds.toText(8) + "'",
                numbersOf(Outcome.OWNER_EXISTS, new OutcomeProblem.Numbers(0, 5, 6, 7, 8)));
        assertEquals("", numbersOf(Outcome.TO_FROZEN, new OutcomeProblem.Numbers(0, 5, 6, 7, 8)));
    }

    private static String numbersOf(Outcome outcome, OutcomeProblem.Numbers numbers) {
        OutcomeStatus row = OutcomeStatus.of(outcome);
        String all = written(json -> OutcomeProblem.write(json, row, numbers, "r"));
        String head = "\"request_id\":\"r\"";
        String rest = all.substring(all.indexOf(head) + head.length(), all.length() - 1);
        return (rest.isEmpty() ? rest : rest.substring(1)).replace('"', '\'');
    }

    @Test
    void showsThatAPayeeHasTheWholeAmountWhenTheSenderPaysTheFee() {
        String bySender = written(posted().feePayer(FeePayer.SENDER)::write);
        assertTrue(bySender.contains("\"fee\":\"1\",\"fee_payer\":\"sender\",\"net\":\"20\""), bySender);
    }

    private static TransferJson posted() {
        return new TransferJson()
                .clear()
                .id(ID.getMostSignificantBits(), ID.getLeastSignificantBits())
                .parties(2, 3)
                .token(CRD, 6)
                .amount(20_000_000, 1_000_000)
                .decidedAt(7, 9);
    }

    private static String written(Consumer<JsonOut> document) {
        ByteBuf buffer = Unpooled.buffer();
        document.accept(new JsonOut().to(buffer));
        return buffer.toString(StandardCharsets.UTF_8);
    }
}
