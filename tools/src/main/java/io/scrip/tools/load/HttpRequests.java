package io.scrip.tools.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;

/** Writes requests byte by byte, with nothing to be collected afterwards. Belongs to one thread. */
final class HttpRequests {
    private static final byte[] POST = ascii("POST ");
    private static final byte[] GET = ascii("GET ");
    private static final byte[] TRANSFERS = ascii("/api/v1/transfers");
    private static final byte[] BATCH = ascii("/api/v1/transfers/batch");
    private static final byte[] HOLDS = ascii("/api/v1/holds");
    private static final byte[] HOLD = ascii("/api/v1/holds/");
    private static final byte[] WALLET = ascii("/api/v1/wallets/");
    private static final byte[] NEWEST = ascii("/transactions?limit=10");
    private static final byte[] NOTHING = {};
    private static final byte[] ID = ascii("{\"id\":\"");
    private static final byte[] FROM = ascii("\",\"from\":\"");
    private static final byte[] TO = ascii("\",\"to\":\"");
    private static final byte[] AMOUNT = ascii("\",\"token\":\"CRD\",\"amount\":\"0.000");
    private static final byte[] END = ascii("\"}");
    private static final byte[] AN_HOUR = ascii("\",\"timeout_seconds\":3600}");
    private static final byte[] ITEMS = ascii("{\"items\":[");
    private static final byte[] ITEMS_END = ascii("]}");
    private static final byte[] HEAD_END = ascii("\r\n\r\n");
    private static final byte[] JSON = ascii("\r\nContent-Type: application/json\r\nContent-Length: ");
    private static final int AMOUNT_DIGITS = 3;
    private static final int SMALLEST_POWER = 100;

    private final byte[] authorization;
    private final Wallets wallets;
    private final Ids ids;

    HttpRequests(InetSocketAddress server, Wallets wallets, Ids ids) {
        this.wallets = wallets;
        this.ids = ids;
        authorization = ascii(
                " HTTP/1.1\r\nHost: " + server.getHostString() + ":" + server.getPort() + "\r\nAuthorization: Bearer ");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }

    /** A transfer under the id drawn last. */
    void transfer(ByteBuf out, int from, int to, int micros) {
        post(out, TRANSFERS, wallets.key(from), movementLength(from, to, END));
        movement(out, from, to, micros, END);
    }

    /** A hold under the id drawn last. */
    void hold(ByteBuf out, int from, int to, int micros) {
        post(out, HOLDS, wallets.key(from), movementLength(from, to, AN_HOUR));
        movement(out, from, to, micros, AN_HOUR);
    }

    private static final byte[] CAPTURE = ascii("/post");
    private static final byte[] VOID = ascii("/void");

    /** Resolves a hold, by its payee. */
    void resolve(ByteBuf out, boolean capture, long holdHigh, long holdLow, int payee) {
        out.writeBytes(POST).writeBytes(HOLD);
        ids.write(out, holdHigh, holdLow);
        out.writeBytes(capture ? CAPTURE : VOID);
        head(out, wallets.key(payee), ID.length + Ids.LENGTH + END.length);
        out.writeBytes(ID);
        ids.write(out);
        out.writeBytes(END);
    }

    void balance(ByteBuf out, int wallet) {
        get(out, wallet, NOTHING);
    }

    void history(ByteBuf out, int wallet) {
        get(out, wallet, NEWEST);
    }

    private void get(ByteBuf out, int wallet, byte[] rest) {
        out.writeBytes(GET).writeBytes(WALLET).writeBytes(wallets.id(wallet)).writeBytes(rest);
        out.writeBytes(authorization).writeBytes(wallets.key(wallet)).writeBytes(HEAD_END);
    }

    /** Begins a batch of transfers of one payer; {@link #item} follows so many times, then {@link #endBatch}. */
    void beginBatch(ByteBuf out, int from, int items) {
        int each = movementLength(from, 0, END);
        post(out, BATCH, wallets.key(from), ITEMS.length + items * (each + 1) - 1 + ITEMS_END.length);
        out.writeBytes(ITEMS);
    }

    void item(ByteBuf out, int index, int from, int to, int micros) {
        if (index > 0) {
            out.writeByte(',');
        }
        movement(out, from, to, micros, END);
    }

    void endBatch(ByteBuf out) {
        out.writeBytes(ITEMS_END);
    }

    private int movementLength(int from, int to, byte[] end) {
        return ID.length
                + Ids.LENGTH
                + FROM.length
                + wallets.id(from).length
                + TO.length
                + wallets.id(to).length
                + AMOUNT.length
                + AMOUNT_DIGITS
                + end.length;
    }

    private void movement(ByteBuf out, int from, int to, int micros, byte[] end) {
        out.writeBytes(ID);
        ids.write(out);
        out.writeBytes(FROM).writeBytes(wallets.id(from));
        out.writeBytes(TO).writeBytes(wallets.id(to));
        out.writeBytes(AMOUNT);
        for (int power = SMALLEST_POWER; power > 0; power /= 10) {
            out.writeByte('0' + micros / power % 10);
        }
        out.writeBytes(end);
    }

    private void post(ByteBuf out, byte[] path, byte[] key, int length) {
        out.writeBytes(POST).writeBytes(path);
        head(out, key, length);
    }

    private void head(ByteBuf out, byte[] key, int length) {
        out.writeBytes(authorization).writeBytes(key).writeBytes(JSON);
        int power = 1;
        while (length / power >= 10) {
            power *= 10;
        }
        for (; power > 0; power /= 10) {
            out.writeByte('0' + length / power % 10);
        }
        out.writeBytes(HEAD_END);
    }
}
