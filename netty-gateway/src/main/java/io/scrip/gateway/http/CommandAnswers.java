package io.scrip.gateway.http;

import io.netty.buffer.ByteBuf;
import io.scrip.gateway.auth.ApiKey;
import io.scrip.gateway.json.BalanceNumbers;
import io.scrip.gateway.json.JsonOut;
import io.scrip.gateway.json.OutcomeProblem;
import io.scrip.gateway.json.OutcomeStatus;
import io.scrip.gateway.json.ProblemJson;
import io.scrip.gateway.json.ProblemKind;
import io.scrip.gateway.json.Standing;
import io.scrip.gateway.json.TransferJson;
import io.scrip.gateway.json.Viewer;
import io.scrip.gateway.json.WalletJson;
import io.scrip.protocol.CommandReplyDecoder;
import io.scrip.protocol.IssueDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.OpenWalletDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.TransferDecoder;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Turns a reply, together with the command it answers, into the first answer; and asks the event log for answers that
 * were given before. One instance belongs to one event loop.
 */
final class CommandAnswers {
    static final String REPLAYED_HEADER = "Idempotent-Replayed";

    private static final Logger LOGGER = System.getLogger(CommandAnswers.class.getName());
    static final String ADVICE_HEADER = "Scrip-Id-Advice";
    static final String ADVICE = "use a UUIDv7; other ids are protected against replay only while they are remembered";
    private static final int CREATED = 201;
    private static final int OK = 200;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final MessageHeaderDecoder replyHeader = new MessageHeaderDecoder();
    private final CommandReplyDecoder reply = new CommandReplyDecoder();
    private final TransferDecoder transfer = new TransferDecoder();
    private final IssueDecoder issue = new IssueDecoder();
    private final OpenWalletDecoder openWallet = new OpenWalletDecoder();
    private final UnsafeBuffer command = new UnsafeBuffer(0, 0);

    /** Writes the success of one kind of command. */
    private interface Success {
        void write(Exchange exchange);
    }

    /** Answers what places a transfer or a hold: from the reply when it was but one leg, which is the usual case. */
    void transfer(Exchange exchange, DirectBuffer buffer, int offset) {
        command.wrap(exchange.command);
        header.wrap(command, 0);
        reply.wrapAndApplyHeader(buffer, offset, replyHeader);
        boolean multi = header.templateId() != TransferDecoder.TEMPLATE_ID;
        if (multi || (reply.fee() != 0 && !reply.flags().dryRun())) {
            command(exchange, buffer, offset);
            return;
        }
        transfer.wrapAndApplyHeader(command, 0, header);
        long from = transfer.from();
        boolean owner = exchange.viewer.owns(from);
        int scale = exchange.loop.services().scales().scaleOf(transfer.token());
        if (exchange.loop.plainAnswer().send(exchange, transfer, reply, scale)) {
            return;
        }
        transfer.wrapAndApplyHeader(command, 0, header);
        decided(exchange, buffer, offset, owner, scale, this::transferred);
    }

    /** Answers {@code POST /tokens/{code}/issue}. */
    void issue(Exchange exchange, DirectBuffer buffer, int offset) {
        command.wrap(exchange.command);
        issue.wrapAndApplyHeader(command, 0, header);
        int scale = exchange.loop.services().scales().scaleOf(issue.token());
        decided(exchange, buffer, offset, true, scale, this::issued);
    }

    /** Answers {@code POST /wallets}. */
    void openWallet(Exchange exchange, DirectBuffer buffer, int offset) {
        command.wrap(exchange.command);
        openWallet.wrapAndApplyHeader(command, 0, header);
        decided(exchange, buffer, offset, true, TransferJson.UNKNOWN_SCALE, this::opened);
    }

    /** Answers a command of any kind with what the event log would say of it. */
    void command(Exchange exchange, DirectBuffer buffer, int offset) {
        command.wrap(exchange.command);
        reply.wrapAndApplyHeader(buffer, offset, header);
        Outcome outcome = reply.outcome();
        if (reply.flags().replayed()) {
            replay(exchange, reply.eventSequence());
        } else if (outcome == Outcome.IDEMPOTENCY_CONFLICT) {
            conflict(exchange, reply.eventSequence());
        } else {
            if (outcome == Outcome.MALFORMED) {
                LOGGER.log(Level.ERROR, "request {0}: the core calls its command {1}", exchange.requestId(), outcome);
            }
            first(exchange, buffer, offset, reply.eventSequence());
        }
    }

    /** An outcome that cannot be shown is not an outcome that did not happen. */
    private void first(Exchange exchange, DirectBuffer buffer, int offset, long eventSequence) {
        StoredOutcomes.Answer answer = Deferred.answer(
                exchange,
                (status, body) -> send(exchange, status, body, eventSequence, false),
                trouble -> exchange.loop
                        .responses()
                        .problem(
                                exchange,
                                ProblemKind.OUTCOME_UNKNOWN,
                                "The command was decided, but its outcome cannot be read now. Ask for it by its id.",
                                null));
        exchange.loop
                .services()
                .outcomes()
                .renderFirst(command, buffer, offset, exchange.viewer, exchange.requestId(), answer);
    }

    private static void send(Exchange exchange, int status, ByteBuf body, long eventSequence, boolean replayed) {
        if (status >= 400 && eventSequence != 0) {
            exchange.requestId(OutcomeProblem.requestId(eventSequence));
        }
        Responses responses = exchange.loop.responses();
        responses.begin();
        if (replayed) {
            responses.header(REPLAYED_HEADER, "true");
        }
        advise(exchange);
        responses.send(exchange, status, body);
    }

    /** Why a query was refused, when its answer is a CommandReply; {@code null} for an outcome that makes no sense. */
    Outcome refusal(DirectBuffer buffer, int offset) {
        return reply.wrapAndApplyHeader(buffer, offset, header).outcome();
    }

    private void decided(
            Exchange exchange, DirectBuffer buffer, int offset, boolean ownsFrom, int scale, Success success) {
        reply.wrapAndApplyHeader(buffer, offset, header);
        Outcome outcome = reply.outcome();
        if (reply.flags().replayed()) {
            replay(exchange, reply.eventSequence());
        } else if (outcome == Outcome.IDEMPOTENCY_CONFLICT) {
            conflict(exchange, reply.eventSequence());
        } else if (outcome == Outcome.APPLIED) {
            success.write(exchange);
        } else {
            refused(exchange, OutcomeStatus.visible(outcome, ownsFrom), scale);
        }
    }

    private void refused(Exchange exchange, Outcome outcome, int scale) {
        OutcomeStatus row = OutcomeStatus.of(outcome, reply.commandTemplateId());
        if (row == null || outcome == Outcome.MALFORMED) {
            LOGGER.log(Level.ERROR, "request {0}: the core calls its command {1}", exchange.requestId(), outcome);
        }
        if (row == null) {
            throw new IllegalStateException("an outcome without a row: " + outcome);
        }
        if (reply.eventSequence() != 0) {
            exchange.requestId(OutcomeProblem.requestId(reply.eventSequence()));
        }
        int shownScale = outcome == Outcome.CONDITION_FAILED ? scaleOfFailedCondition(scale) : scale;
        OutcomeProblem.Numbers numbers = new OutcomeProblem.Numbers(
                shownScale, reply.needed(), reply.available(), reply.limitValue(), reply.wallet(), reply.window());
        Responses responses = exchange.loop.responses();
        OutcomeProblem.write(responses.begin(), row, numbers, exchange.requestId());
        advise(exchange);
        responses.send(exchange, row.status());
    }

    private int scaleOfFailedCondition(int scale) {
        return FailedCondition.isOnVersion(transfer, reply.available(), reply.limitValue())
                ? OutcomeProblem.PLAIN_NUMBERS
                : scale;
    }

    private void transferred(Exchange exchange) {
        boolean dryRun = reply.flags().dryRun();
        Viewer viewer = exchange.viewer;
        long from = transfer.from();
        long to = transfer.to();
        boolean hold = transfer.timeoutNs() != 0;
        TransferJson.Status done = hold ? TransferJson.Status.PENDING : TransferJson.Status.POSTED;
        TransferJson json = exchange.loop.transferJson().clear();
        json.id(transfer.id().high(), transfer.id().low())
                .status(dryRun ? TransferJson.Status.DRY_RUN : done)
                .kind(hold ? TransferJson.Kind.HOLD : TransferJson.Kind.TRANSFER)
                .feeKind(transfer.kind())
                .parties(from, to)
                .accounts(transfer.fromAccount(), transfer.toAccount())
                .token(transfer.token(), exchange.loop.services().scales().scaleOf(transfer.token()))
                .amount(reply.amount(), reply.fee())
                .feePayer(reply.feePayer())
                .decidedAt(reply.sequence(), reply.timestamp())
                .balances(
                        viewer.mayRead(from) ? BalanceNumbers.of(reply.fromBalances()) : null,
                        viewer.mayRead(to) ? BalanceNumbers.of(reply.toBalances()) : null);
        if (hold) {
            json.captured(0, reply.amount()).expiresAt(reply.expiresAt());
        }
        if (hold && !dryRun) {
            json.hold(transfer.id().high(), transfer.id().low());
        }
        TransferDecoder.ConditionsDecoder conditions = transfer.conditions();
        while (conditions.hasNext()) {
            conditions.next();
        }
        String reference = transfer.reference();
        json.texts(reference, transfer.metadata());
        json.write(exchange.loop.responses().begin());
        advise(exchange);
        exchange.loop.responses().send(exchange, dryRun ? OK : CREATED);
    }

    private void issued(Exchange exchange) {
        TransferJson json = exchange.loop.transferJson().clear();
        json.id(issue.id().high(), issue.id().low())
                .kind(TransferJson.Kind.ISSUE)
                .parties(TokenRefresh.PLATFORM_WALLET, issue.to())
                .token(issue.token(), exchange.loop.services().scales().scaleOf(issue.token()))
                .amount(reply.amount(), 0)
                .decidedAt(reply.sequence(), reply.timestamp())
                .balances(BalanceNumbers.of(reply.fromBalances()), BalanceNumbers.of(reply.toBalances()));
        String reference = issue.reference();
        json.texts(reference, issue.metadata());
        json.write(exchange.loop.responses().begin());
        advise(exchange);
        exchange.loop.responses().send(exchange, CREATED);
    }

    private void opened(Exchange exchange) {
        JsonOut json = exchange.loop.responses().begin();
        WalletJson.writeOpened(
                json,
                reply.wallet(),
                openWallet.owner(),
                reply.sequence(),
                reply.eventSequence(),
                reply.timestamp(),
                ApiKey.walletKey(reply.wallet(), exchange.secret));
        exchange.secret = null;
        advise(exchange);
        exchange.loop.responses().send(exchange, CREATED);
    }

    private static void replay(Exchange exchange, long eventSequence) {
        StoredOutcomes.Answer answer =
                Deferred.answer(
                        exchange,
                        (status, body) -> send(exchange, status, body, eventSequence, true),
                        trouble -> Deferred.explainDecided(exchange, trouble));
        exchange.loop
                .services()
                .outcomes()
                .renderOutcome(eventSequence, exchange.viewer, StoredOutcomes.Form.REPLAY, Standing.NOTHING, answer);
    }

    private void conflict(Exchange exchange, long eventSequence) {
        StoredOutcomes.Comparison comparison = new StoredOutcomes.Comparison() {
            @Override
            public void onCompared(boolean sameCaller, String field) {
                sendConflict(exchange, sameCaller, field);
            }

            @Override
            public void onTrouble(StoredOutcomes.Trouble trouble) {
                Deferred.explainDecided(exchange, trouble);
            }
        };
        exchange.loop
                .services()
                .outcomes()
                .compareWithFirst(
                        eventSequence, command, 0, exchange.command.length, Deferred.comparison(exchange, comparison));
    }

    private static void sendConflict(Exchange exchange, boolean sameCaller, String field) {
        Responses responses = exchange.loop.responses();
        if (!sameCaller) {
            responses.problem(exchange, ProblemKind.FOREIGN_ID, StoredOutcomes.FOREIGN_ID_DETAIL, null);
            return;
        }
        OutcomeStatus row = OutcomeStatus.of(Outcome.IDEMPOTENCY_CONFLICT);
        JsonOut json = responses.begin();
        ProblemJson.begin(json, row.status(), row.code(), row.title(), row.detail(), exchange.requestId());
        json.name("field").string(field).endObject();
        responses.send(exchange, row.status());
    }

    private static void advise(Exchange exchange) {
        if (exchange.adviseId) {
            exchange.loop.responses().header(ADVICE_HEADER, ADVICE);
        }
    }
}
