package io.scrip.gateway.request;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.scrip.gateway.json.TokenCodes;
import io.scrip.gateway.json.TokenScales;
import io.scrip.gateway.json.Viewer;
import io.scrip.gateway.json.WalletIds;
import io.scrip.gateway.request.RequestReader.KeyHash;
import io.scrip.protocol.BatchDecoder;
import io.scrip.protocol.FeePayer;
import io.scrip.protocol.IssueDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.PostHoldDecoder;
import io.scrip.protocol.TransferDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequestReaderTest {
    private static final Viewer PAYER = Viewer.ofWallet(2);
    private static final String ID = "0192f3a4-5b6c-7d8e-9fa0-b1c2d3e4f506";

    private final TokenScales scales = new TokenScales();
    private final RequestReader reader = new RequestReader(scales);
    private final CommandBuffer out = new CommandBuffer();

    @BeforeEach
    void knowsOneToken() {
        scales.add(TokenCodes.parse("CRD"), 6);
    }

    private static byte[] utf8(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] transfer(String more) {
        return utf8("{'id':'" + ID + "','from':'" + WalletIds.toText(2) + "','to':'" + WalletIds.toText(3)
                + "','token':'CRD','amount':'1.5'" + more + "}");
    }

    /** Writes something into every byte that an earlier command may have left behind. */
    private void soil() {
        out.buffer().setMemory(0, 4_096, (byte) 0xFF);
    }

    @Test
    void encodesATransferWithEverythingItSays() {
        byte[] body = transfer(",'reference':'r','metadata':{ 'b' : 1.50 },'apply_before':'2026-11-21T03:36:00Z',"
                + "'conditions':[{'measure':'posted','comparison':'at_least','value':'2'}],'dry_run':true");
        reader.transfer(body, body.length, null, PAYER, out);
        TransferDecoder transfer = new TransferDecoder();
        transfer.wrapAndApplyHeader(out.buffer(), 0, new MessageHeaderDecoder());
        assertEquals(0x0192f3a45b6c7d8eL, transfer.id().high());
        assertEquals(0x9fa0b1c2d3e4f506L, transfer.id().low());
        assertEquals(2, transfer.caller().wallet());
        assertEquals(2, transfer.from());
        assertEquals(3, transfer.to());
        assertEquals(1_500_000, transfer.amount());
        assertEquals(1_795_232_160_000_000_000L, transfer.applyBefore());
        assertEquals(true, transfer.flags().dryRun());
        assertEquals(2_000_000, transfer.conditions().next().value());
        assertEquals("r", transfer.reference());
        assertEquals("{\"b\":1.50}", transfer.metadata());
    }

    @Test
    void leavesNothingOfEarlierCommandsInAnyKindOfCommand() {
        byte[] transfer = transfer("");
        reader.transfer(transfer, transfer.length, null, PAYER, out);
        byte[] clean = out.copy();
        soil();
        reader.transfer(transfer, transfer.length, null, PAYER, out);
        assertArrayEquals(clean, out.copy());

        byte[] issue = utf8("{'id':'" + ID + "','to':'" + WalletIds.toText(3) + "','amount':'1'}");
        CommandBuffer fresh = new CommandBuffer();
        reader.issue(TokenCodes.parse("CRD"), issue, issue.length, null, Viewer.OPERATOR, fresh);
        soil();
        reader.issue(TokenCodes.parse("CRD"), issue, issue.length, null, Viewer.OPERATOR, out);
        assertArrayEquals(fresh.copy(), out.copy());

        byte[] open = utf8("{'id':'" + ID + "','owner':'agent:x'}");
        KeyHash key = new KeyHash(7, 8);
        fresh = new CommandBuffer();
        reader.openWallet(open, open.length, null, Viewer.OPERATOR, key, fresh);
        soil();
        reader.openWallet(open, open.length, null, Viewer.OPERATOR, key, out);
        assertArrayEquals(fresh.copy(), out.copy());

        CommandId hold = new CommandId(5, 6, false);
        TransferRequests transfers = reader.transfers();
        byte[] empty = utf8("{'id':'" + ID + "'}");
        byte[] timeout = utf8("{'id':'" + ID + "','timeout_seconds':'1.5'}");
        byte[] held = withTimeout(transfer);
        byte[] legs = utf8("{'id':'" + ID + "','legs':[{'from':'" + WalletIds.toText(2) + "','to':'"
                + WalletIds.toText(3) + "','token':'CRD','amount':'1'}]}");
        Original original = new Original(
                1, 2, 2, 0, 3, 0, TokenCodes.parse("CRD"), 5, 0, FeePayer.RECEIVER, 0, List.of(), List.of());
        List<Consumer<CommandBuffer>> kinds = List.of(
                to -> transfers.hold(held, held.length, null, PAYER, to),
                to -> transfers.post(hold, empty, empty.length, null, PAYER, to),
                to -> transfers.voidHold(hold, empty, empty.length, null, PAYER, to),
                to -> transfers.extend(hold, timeout, timeout.length, null, PAYER, to),
                to -> transfers.reverse(original, empty, empty.length, null, PAYER, to),
                to -> reader.transfer(legs, legs.length, null, PAYER, to));
        for (Consumer<CommandBuffer> kind : kinds) {
            CommandBuffer unused = new CommandBuffer();
            kind.accept(unused);
            soil();
            kind.accept(out);
            assertArrayEquals(unused.copy(), out.copy());
        }

        byte[] batch = utf8("{'items':[" + new String(transfer, StandardCharsets.UTF_8) + "]}");
        fresh = new CommandBuffer();
        new RequestReader(scales).batch(batch, batch.length, PAYER, fresh);
        soil();
        reader.batch(batch, batch.length, PAYER, out);
        assertArrayEquals(fresh.copy(), out.copy());
    }

    private static byte[] withTimeout(byte[] transfer) {
        String text = new String(transfer, StandardCharsets.UTF_8);
        return utf8(text.substring(0, text.length() - 1) + ",'timeout_seconds':60}");
    }

    @Test
    void readsACaptureOnlyInATokenThatItKnows() {
        CommandId hold = new CommandId(5, 6, false);
        byte[] body = utf8("{'id':'" + ID + "','amount':'1.5'}");
        HoldScales known = new HoldScales();
        reader.holds(known);
        HoldScales.UnknownHolds unknown = assertThrows(
                HoldScales.UnknownHolds.class,
                () -> reader.transfers().post(hold, body, body.length, null, PAYER, out));
        HoldScales.Id id = new HoldScales.Id(5, 6);
        assertEquals(0x0192f3a45b6c7d8eL, unknown.holds().get(id).high());
        known.found(id, 2);
        reader.transfers().post(hold, body, body.length, null, PAYER, out);
        PostHoldDecoder post = new PostHoldDecoder();
        post.wrapAndApplyHeader(out.buffer(), 0, new MessageHeaderDecoder());
        assertEquals(150, post.amount());
        assertEquals(5, post.holdId().high());
        known.found(id, HoldScales.NONE);
        reader.transfers().post(hold, body, body.length, null, PAYER, out);
        post.wrapAndApplyHeader(out.buffer(), 0, new MessageHeaderDecoder());
        // Of no hold: should it be placed in this very moment, nothing is captured.
        assertEquals(0, post.holdId().high() | post.holdId().low());
    }

    @Test
    void encodesEveryItemOfABatchAsATransferOfItsOwn() {
        String item = new String(transfer(",'linked':true"), StandardCharsets.UTF_8);
        byte[] body = utf8("{'items':[" + item + "," + item.replace("true", "false") + "]}");
        assertEquals(2, reader.batch(body, body.length, PAYER, out));
        BatchDecoder batch = new BatchDecoder();
        BatchDecoder.ItemsDecoder items = batch.wrapAndApplyHeader(out.buffer(), 0, new MessageHeaderDecoder())
                .items();
        assertEquals(2, items.count());
        assertEquals(true, items.next().flags().linked());
        byte[] command = new byte[items.commandLength()];
        items.getCommand(command, 0, command.length);
        byte[] alone = transfer("");
        CommandBuffer single = new CommandBuffer();
        reader.transfer(alone, alone.length, null, PAYER, single);
        assertArrayEquals(single.copy(), command);
        assertEquals(false, items.next().flags().linked());
    }

    @Test
    void takesTheLargestBatchAndNoLargerOne() {
        String item = new String(transfer(""), StandardCharsets.UTF_8);
        byte[] largest = utf8("{'items':[" + (item + ",").repeat(RequestReader.MAX_BATCH_ITEMS - 1) + item + "]}");
        assertEquals(RequestReader.MAX_BATCH_ITEMS, reader.batch(largest, largest.length, PAYER, out));
        byte[] larger = utf8("{'items':[" + (item + ",").repeat(RequestReader.MAX_BATCH_ITEMS) + item + "]}");
        RequestFault fault = assertThrows(RequestFault.class, () -> reader.batch(larger, larger.length, PAYER, out));
        assertEquals("items", fault.field());
    }

    @Test
    void readsNoAmountOfATokenItDoesNotKnow() {
        byte[] body = utf8("{'id':'" + ID + "','to':'" + WalletIds.toText(3) + "','amount':'20'}");
        long token = TokenCodes.parse("NEW");
        assertThrows(
                RequestReader.UnknownToken.class,
                () -> reader.issue(token, body, body.length, null, Viewer.OPERATOR, out));
        reader.tokensAreFresh(true);
        reader.issue(token, body, body.length, null, Viewer.OPERATOR, out);
        IssueDecoder issue = new IssueDecoder();
        issue.wrapAndApplyHeader(out.buffer(), 0, new MessageHeaderDecoder());
        // To nobody: should the token be registered in this very moment, nothing is moved.
        assertEquals(-1, issue.to());
    }
}
