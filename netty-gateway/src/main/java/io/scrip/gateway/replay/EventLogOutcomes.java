package io.scrip.gateway.replay;

import io.netty.buffer.ByteBuf;
import io.scrip.engine.PrunedHistory;
import io.scrip.gateway.history.AccountHeads;
import io.scrip.gateway.history.BadCursor;
import io.scrip.gateway.history.CommandReader;
import io.scrip.gateway.history.History;
import io.scrip.gateway.history.IdempotencyConflict;
import io.scrip.gateway.history.QuietCommand;
import io.scrip.gateway.history.StoredCommand;
import io.scrip.gateway.history.StoredDecision;
import io.scrip.gateway.history.StoredOutcome;
import io.scrip.gateway.history.TransactionPage;
import io.scrip.gateway.http.StoredOutcomes;
import io.scrip.gateway.http.TransactionQuery;
import io.scrip.gateway.json.Standing;
import io.scrip.gateway.json.TokenScales;
import io.scrip.gateway.json.Viewer;
import io.scrip.gateway.request.CommandId;
import io.scrip.protocol.CommandReplyDecoder;
import io.scrip.protocol.MessageHeaderDecoder;
import io.scrip.protocol.Outcome;
import io.scrip.protocol.WalletReplyDecoder;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;

/** The gateway's answers from the past, read by {@link History} and written on its threads. Any thread. */
public final class EventLogOutcomes implements StoredOutcomes {
    private static final Logger LOGGER = System.getLogger(EventLogOutcomes.class.getName());

    private final History history;
    private final TokenScales scales;

    public EventLogOutcomes(History history, TokenScales scales) {
        this.history = history;
        this.scales = scales;
    }

    @Override
    public void renderFirst(
            DirectBuffer command, DirectBuffer reply, int offset, Viewer viewer, String requestId, Answer answer) {
        StoredCommand sent = new CommandReader().read(command, 0, command.capacity());
        CommandReplyDecoder decided = new CommandReplyDecoder();
        decided.wrapAndApplyHeader(reply, offset, new MessageHeaderDecoder());
        if (decided.outcome() == Outcome.APPLIED && !(sent instanceof QuietCommand)) {
            renderOutcome(decided.eventSequence(), viewer, Form.REPLAY, Standing.NOTHING, answer);
            return;
        }
        StoredAnswers answers = new StoredAnswers(scales);
        if (answers.writeFirst(StoredDecision.of(decided, sent), viewer, requestId)) {
            answer.onAnswer(answers.status(), answers.body());
        } else {
            answer.onTrouble(Trouble.NOT_FOR_VIEWER);
        }
    }

    @Override
    public void renderOutcome(long eventSequence, Viewer viewer, Form form, Standing standing, Answer answer) {
        boolean asked = history.outcome(eventSequence, new Reading<StoredOutcome>(answer::onTrouble) {
            @Override
            public void onResult(StoredOutcome outcome) {
                StoredAnswers answers = new StoredAnswers(scales);
                boolean visible;
                try {
                    visible = answers.write(outcome, viewer, form, standing);
                } catch (RuntimeException unexpected) {
                    onFailure(unexpected);
                    return;
                }
                if (visible) {
                    answer.onAnswer(answers.status(), answers.body());
                } else {
                    answer.onTrouble(Trouble.NOT_FOR_VIEWER);
                }
            }
        });
        if (!asked) {
            answer.onTrouble(Trouble.BUSY);
        }
    }

    @Override
    public void renderItems(List<Item> items, Viewer viewer, ItemsAnswer answer) {
        long[] eventSequences = items.stream().mapToLong(Item::eventSequence).toArray();
        boolean asked = history.outcomes(eventSequences, new Reading<List<StoredOutcome>>(answer::onTrouble) {
            @Override
            public void onResult(List<StoredOutcome> outcomes) {
                List<ByteBuf> bodies = new ArrayList<>(outcomes.size());
                try {
                    for (int i = 0; i < outcomes.size(); i++) {
                        StoredAnswers answers = new StoredAnswers(scales);
                        answers.writeItem(outcomes.get(i), items.get(i).conflicting(), viewer);
                        bodies.add(answers.body());
                    }
                } catch (RuntimeException unexpected) {
                    onFailure(unexpected);
                    return;
                }
                answer.onItems(bodies);
            }
        });
        if (!asked) {
            answer.onTrouble(Trouble.BUSY);
        }
    }

    @Override
    public void scales(long[] eventSequences, ScalesAnswer answer) {
        boolean asked = history.outcomes(eventSequences, new Reading<List<StoredOutcome>>(answer::onTrouble) {
            @Override
            public void onResult(List<StoredOutcome> outcomes) {
                answer.onScales(outcomes.stream()
                        .mapToInt(outcome -> outcome.scale(scales))
                        .toArray());
            }
        });
        if (!asked) {
            answer.onTrouble(Trouble.BUSY);
        }
    }

    @Override
    public void original(long eventSequence, CommandId id, Viewer viewer, OriginalAnswer answer) {
        boolean asked = history.outcome(eventSequence, new Reading<StoredOutcome>(answer::onTrouble) {
            @Override
            public void onResult(StoredOutcome outcome) {
                if (outcome.isFor(viewer)) {
                    answer.onOriginal(outcome.original(id.high(), id.low()));
                } else {
                    answer.onTrouble(Trouble.NOT_FOR_VIEWER);
                }
            }
        });
        if (!asked) {
            answer.onTrouble(Trouble.BUSY);
        }
    }

    @Override
    public void compareWithFirst(
            long eventSequence, DirectBuffer command, int offset, int length, Comparison comparison) {
        StoredCommand sent = new CommandReader().read(command, offset, length);
        boolean asked = history.outcome(eventSequence, new Reading<StoredOutcome>(comparison::onTrouble) {
            @Override
            public void onResult(StoredOutcome outcome) {
                StoredCommand first = outcome.first().command();
                boolean sameCaller = first.origin().hasSameCallerAs(sent.origin());
                String field = sameCaller ? IdempotencyConflict.firstDifferingField(first, sent) : null;
                comparison.onCompared(sameCaller, field);
            }
        });
        if (!asked) {
            comparison.onTrouble(Trouble.BUSY);
        }
    }

    @Override
    public void transactions(
            DirectBuffer walletReply, int offset, int length, TransactionQuery query, Viewer viewer, Answer answer) {
        WalletReplyDecoder reply = new WalletReplyDecoder();
        reply.wrapAndApplyHeader(walletReply, offset, new MessageHeaderDecoder());
        AccountHeads heads = AccountHeads.of(reply).inToken(query.token());
        boolean asked = history.transactions(heads, query, new Reading<TransactionPage>(answer::onTrouble) {
            @Override
            public void onResult(TransactionPage page) {
                StoredAnswers answers = new StoredAnswers(scales);
                try {
                    answers.write(page, viewer);
                } catch (RuntimeException unexpected) {
                    onFailure(unexpected);
                    return;
                }
                answer.onAnswer(answers.status(), answers.body());
            }
        });
        if (!asked) {
            answer.onTrouble(Trouble.BUSY);
        }
    }

    /** What every reading does with a failure. */
    private abstract static class Reading<T> implements History.Callback<T> {
        private final Consumer<Trouble> trouble;

        Reading(Consumer<Trouble> trouble) {
            this.trouble = trouble;
        }

        @Override
        public void onFailure(RuntimeException cause) {
            if (cause instanceof BadCursor) {
                trouble.accept(Trouble.BAD_CURSOR);
                return;
            }
            if (cause instanceof PrunedHistory) {
                trouble.accept(Trouble.PRUNED);
                return;
            }
            LOGGER.log(Level.ERROR, "the event log could not be read: {0}", cause.toString());
            trouble.accept(Trouble.UNREADABLE);
        }
    }
}
