package io.scrip.tools.receipt;

import io.netty.buffer.ByteBuf;
import io.scrip.gateway.json.JsonOut;
import io.scrip.proof.AccountTotals;
import io.scrip.proof.Leaf;
import io.scrip.proof.Notary;
import io.scrip.proof.OpenedLeaf;
import io.scrip.proof.Opening;
import io.scrip.proof.Proof;
import io.scrip.proof.RefusalNumbers;
import io.scrip.proof.Statement;
import java.util.HexFormat;
import java.util.List;

/**
 * Writes receipts and statements. Numbers of 64 bits are decimal strings, so that no reader rounds them; hashes, salts,
 * keys and signatures are hexadecimal. docs/proofs.md is the specification.
 */
final class ReceiptJson {
    static final String FORMAT = "scrip-receipt-1";

    private static final HexFormat HEX = HexFormat.of();

    private final JsonOut json = new JsonOut();

    private ReceiptJson() {}

    /** Writes a receipt of at least one record, all signed by one key. */
    static ByteBuf write(ByteBuf out, List<Proof> records) {
        ReceiptJson writer = new ReceiptJson();
        JsonOut json = writer.json.to(out);
        json.beginObject().name("format").string(FORMAT);
        json.name("public_key").string(HEX.formatHex(records.get(0).publicKey()));
        json.name("records").beginArray();
        for (Proof proof : records) {
            writer.write(proof);
        }
        json.endArray().endObject();
        return out;
    }

    /** Writes a page of statements and the number of the next. */
    static void writeStatements(ByteBuf out, Notary notary, long from, int limit) {
        ReceiptJson writer = new ReceiptJson();
        JsonOut json = writer.json.to(out);
        long count = notary.statementCount();
        long last = from > count ? count : Math.min(count, from + limit - 1);
        json.beginObject().name("public_key").string(HEX.formatHex(notary.publicKey()));
        json.name("data").beginArray();
        for (long number = from; number <= last; number++) {
            Statement statement = notary.statementIfSound(number);
            if (statement != null) {
                writer.write(statement);
            }
        }
        json.endArray().name("next_from");
        if (last < count) {
            json.number(last + 1);
        } else {
            json.nullValue();
        }
        json.endObject();
    }

    private void write(Proof proof) {
        json.beginObject().name("says").string(Words.of(proof.opened().leaf()));
        write(proof.opened().leaf());
        write(proof.opened());
        json.name("path").beginArray();
        for (byte[] hash : proof.path()) {
            json.string(HEX.formatHex(hash));
        }
        json.endArray().name("statement");
        write(proof.statement());
        json.endObject();
    }

    private void write(Leaf leaf) {
        json.name("leaf").beginObject();
        number("event_sequence", leaf.eventSequence());
        number("sequence", leaf.sequence());
        number("timestamp_ns", leaf.timestampNs());
        json.name("id").uuid(leaf.idHigh(), leaf.idLow());
        json.name("type").string(leaf.leg() ? "leg" : "decision");
        json.name("outcome").number(leaf.outcome()).name("kind").number(leaf.kind());
        json.name("leg").number(leaf.legIndex()).name("legs").number(leaf.legCount());
        json.name("scale").number(leaf.scale()).name("fee_payer").number(leaf.feePayer());
        number("token", leaf.token());
        number("amount", leaf.amount());
        number("fee", leaf.fee());
        number("from", leaf.from());
        number("to", leaf.to());
        json.name("from_account").number(leaf.fromAccount()).name("to_account").number(leaf.toAccount());
        number("expires_at_ns", leaf.expiresAtNs());
        json.name("hold_id").uuid(leaf.holdIdHigh(), leaf.holdIdLow());
        hex("first", leaf.first());
        hex("second", leaf.second());
        hex("third", leaf.third());
        json.endObject();
    }

    private void write(OpenedLeaf opened) {
        json.name("opened").beginObject();
        writeTotals("from", opened.from());
        writeTotals("to", opened.to());
        json.name("numbers");
        Opening<RefusalNumbers> numbers = opened.numbers();
        if (numbers == null) {
            json.nullValue();
        } else {
            json.beginObject();
            hex("salt", numbers.salt());
            number("needed", numbers.value().needed());
            number("available", numbers.value().available());
            number("limit", numbers.value().limit());
            json.endObject();
        }
        json.name("texts");
        Opening<Opening.Texts> texts = opened.texts();
        if (texts == null) {
            json.nullValue();
        } else {
            json.beginObject();
            hex("salt", texts.salt());
            json.name("reference").string(texts.value().reference());
            json.name("metadata").string(texts.value().metadata());
            json.endObject();
        }
        json.endObject();
    }

    private void writeTotals(String name, Opening<AccountTotals> opening) {
        json.name(name);
        if (opening == null) {
            json.nullValue();
            return;
        }
        AccountTotals totals = opening.value();
        json.beginObject();
        hex("salt", opening.salt());
        number("debits_posted", totals.debitsPosted());
        number("credits_posted", totals.creditsPosted());
        number("debits_pending", totals.debitsPending());
        number("credits_pending", totals.creditsPending());
        number("floor", totals.floor());
        number("ceiling", totals.ceiling());
        number("version", totals.version());
        number("staked", totals.staked());
        number("withheld", totals.withheld());
        json.endObject();
    }

    private void write(Statement statement) {
        json.beginObject();
        number("number", statement.number());
        number("first_event", statement.firstEvent());
        number("last_event", statement.lastEvent());
        hex("root", statement.root());
        hex("previous_hash", statement.previousHash());
        hex("signature", statement.signature());
        json.endObject();
    }

    private void number(String name, long value) {
        json.name(name).string(Long.toString(value));
    }

    private void hex(String name, byte[] value) {
        json.name(name).string(HEX.formatHex(value));
    }
}
