package io.scrip.tools;

import io.scrip.engine.CommandPort;
import io.scrip.engine.ReplySink;
import io.scrip.protocol.CommandReplyDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.MessageHeaderEncoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.RegisterOperatorKeyEncoder;
import io.scrip.protocol.RegisterTokenEncoder;
import io.scrip.protocol.Role;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The first records of every journal: the tokens, then the operator's key. They are ordinary commands with ids made
 * from fixed names, sent before anybody else can send one, so record {@code n} of a journal is step {@code n} here, and
 * a first start that was cut short is taken up where it ended.
 *
 * <p>The key comes last and is printed before it is journaled: a start that dies in between has told a key that is worth
 * nothing, and the next one tells another; there is never a key that works and that nobody was told.
 */
final class Genesis {
    private static final List<Token> TOKENS = List.of(
            new Token("ACT", 6, true),
            new Token("REP", 6, false),
            new Token("GOV", 6, true),
            new Token("UTL", 6, true),
            new Token("CRD", 6, true),
            new Token("USD", 2, true));
    private static final int ANSWER_TIMEOUT_S = 60;

    private final CommandPort engine;
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[256]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    private record Token(String code, int scale, boolean transferable) {}

    Genesis(CommandPort engine) {
        this.engine = engine;
    }

    /** How many records the genesis has; a journal with as many or more is past it. */
    static int steps() {
        return TOKENS.size() + 1;
    }

    /**
     * Sends the steps that the journal does not have.
     *
     * @param done      records that the journal has
     * @param chosenKey the operator's key, {@code null}: make one and print it
     */
    void complete(long done, String chosenKey, PrintWriter out) {
        for (int step = (int) Math.min(done, TOKENS.size()); step < TOKENS.size(); step++) {
            registerToken(TOKENS.get(step));
        }
        if (done < steps()) {
            registerOperatorKey(chosenKey == null ? announce(OperatorKey.make(), out) : chosenKey);
        }
    }

    private static String announce(String key, PrintWriter out) {
        out.println("operator key: " + key);
        if (out.checkError()) {
            throw new Refusal(
                    ExitCode.DISK,
                    "the operator key could not be printed on stdout, so it was not registered; open stdout or set "
                            + OperatorKey.VARIABLE);
        }
        return key;
    }

    private void registerToken(Token token) {
        RegisterTokenEncoder command = new RegisterTokenEncoder();
        command.wrapAndApplyHeader(message, 0, header);
        long[] id = idOf("token " + token.code());
        command.id().high(id[0]).low(id[1]);
        command.caller().role(Role.SYSTEM).wallet(0);
        command.token(packed(token.code()));
        command.scale((short) token.scale());
        command.transferable((short) (token.transferable() ? 1 : 0));
        send(command.encodedLength(), "registering token " + token.code());
    }

    private void registerOperatorKey(String key) {
        RegisterOperatorKeyEncoder command = new RegisterOperatorKeyEncoder();
        command.wrapAndApplyHeader(message, 0, header);
        long[] id = idOf("operator key");
        command.id().high(id[0]).low(id[1]);
        command.caller().role(Role.SYSTEM).wallet(0);
        long[] hash = Sha256.firstHalf(key);
        command.keyHashHigh(hash[0]).keyHashLow(hash[1]);
        send(command.encodedLength(), "registering the operator key");
    }

    private void send(int lengthBytes, String what) {
        CompletableFuture<Outcome> answer = new CompletableFuture<>();
        if (!engine.offer(message, 0, MessageHeaderEncoder.ENCODED_LENGTH + lengthBytes, new OneReply(answer), 0)) {
            throw new Refusal(ExitCode.DISK, what + " was not accepted: " + reason(engine.refusalCause()));
        }
        try {
            Outcome outcome = answer.get(ANSWER_TIMEOUT_S, TimeUnit.SECONDS);
            if (outcome != Outcome.APPLIED) {
                throw new Refusal(ExitCode.INTERNAL, what + " ended with " + outcome);
            }
        } catch (TimeoutException e) {
            throw new Refusal(ExitCode.DISK, what + " was not answered in " + ANSWER_TIMEOUT_S + " s", e);
        } catch (ExecutionException e) {
            throw new Refusal(ExitCode.DISK, what + " failed: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(ExitCode.INTERNAL, what + " was interrupted", e);
        }
    }

    private static String reason(String refusalCause) {
        return "read_only".equals(refusalCause) ? "the disk is too full; make room and start again" : refusalCause;
    }

    /** The code's characters in an int64, the first in the lowest byte. */
    private static long packed(String code) {
        long packed = 0;
        for (int at = code.length() - 1; at >= 0; at--) {
            packed = (packed << 8) | code.charAt(at);
        }
        return packed;
    }

    /** A UUID of version 8 from a name: its bits must not claim a time, as those of version 7 would. */
    private static long[] idOf(String name) {
        long[] hash = Sha256.firstHalf("scrip genesis: " + name);
        return new long[] {(hash[0] & ~0xF000L) | 0x8000L, (hash[1] & ~(3L << 62)) | (1L << 63)};
    }

    /** The first answer to one command. */
    private record OneReply(CompletableFuture<Outcome> answer) implements ReplySink {
        @Override
        public void onReply(long correlationId, DirectBuffer reply, int offset, int length) {
            MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(reply, offset);
            if (header.templateId() == CommandReplyDecoder.TEMPLATE_ID) {
                answer.complete(new CommandReplyDecoder()
                        .wrapAndApplyHeader(reply, offset, header)
                        .outcome());
            } else {
                answer.completeExceptionally(new IllegalStateException("the engine is read-only: is the disk full?"));
            }
        }

        @Override
        public void onBatchEnd() {
            // One reply, nothing to flush.
        }
    }
}
