package io.scrip.tools.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Requests of the operator, one for each wallet, sent once: first they open the wallets, then they fund them. */
final class SetUp implements Workload {
    private static final String FUNDS = "1000000";
    private static final int SHOWN_BODY = 300;

    private final Wallets wallets;
    private final Step step;
    /** Indexes under way on each connection, oldest first. */
    private final Map<Integer, ArrayDeque<Integer>> sent = new HashMap<>();

    private int next;
    private String problem;

    private interface Step {
        String request(int index);

        void answered(int index, String body);
    }

    private SetUp(Wallets wallets, Step step) {
        this.wallets = wallets;
        this.step = step;
    }

    static SetUp opening(InetSocketAddress server, String operatorKey, String prefix, Wallets wallets) {
        return new SetUp(wallets, new Step() {
            @Override
            public String request(int index) {
                return post(server, operatorKey, "wallets", "{\"owner\":\"agent:" + prefix + "-" + index + "\"}");
            }

            @Override
            public void answered(int index, String body) {
                wallets.set(index, text(body, "wallet_id"), text(body, "api_key"));
            }
        });
    }

    static SetUp funding(InetSocketAddress server, String operatorKey, Wallets wallets) {
        return new SetUp(wallets, new Step() {
            @Override
            public String request(int index) {
                String body = "{\"id\":\"" + UUID.randomUUID() + "\",\"to\":\"" + wallets.idText(index)
                        + "\",\"amount\":\"" + FUNDS + "\"}";
                return post(server, operatorKey, "tokens/CRD/issue", body);
            }

            @Override
            public void answered(int index, String body) {
                // Applied is all there is to know.
            }
        });
    }

    private static String post(InetSocketAddress server, String key, String path, String body) {
        return "POST /api/v1/" + path + " HTTP/1.1\r\nHost: " + server.getHostString() + ":" + server.getPort()
                + "\r\nAuthorization: Bearer " + key + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
    }

    /** The value of a member that is text without escapes. */
    private static String text(String json, String member) {
        String before = "\"" + member + "\":\"";
        int at = json.indexOf(before);
        if (at < 0) {
            throw new IllegalStateException("no " + member + " in " + json);
        }
        int from = at + before.length();
        return json.substring(from, json.indexOf('"', from));
    }

    @Override
    public int write(int link, ByteBuf out) {
        if (next == wallets.size() || problem != null) {
            return 0;
        }
        out.writeBytes(step.request(next).getBytes(US_ASCII));
        sent.computeIfAbsent(link, any -> new ArrayDeque<>()).add(next);
        next++;
        return 1;
    }

    @Override
    public void onAnswer(int link, int status, ByteBuf in, int offset, int length, Meter meter) {
        int index = sent.get(link).remove();
        String body = in.toString(offset, length, StandardCharsets.UTF_8);
        if (status == 201) {
            meter.add(Meter.Count.APPLIED, 1);
            step.answered(index, body);
        } else if (problem == null) {
            problem = "answered " + status + ": " + body.substring(0, Math.min(SHOWN_BODY, body.length()));
        }
    }

    @Override
    public void onLost(int link) {
        sent.get(link).remove();
        problem = "the connection broke";
    }

    @Override
    public AnswerReader newReader() {
        return new HttpAnswerReader();
    }

    /** Why not all of it was done, null when it was. */
    String problem() {
        return problem;
    }
}
