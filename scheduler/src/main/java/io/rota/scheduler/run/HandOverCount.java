package io.rota.scheduler.run;

import io.rota.scheduler.RunState;
import io.rota.scheduler.engine.Effect;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what a hand-over costs and logs it: on the old owner the messages between the end of the run and the word to the
 * new one, on the new owner the tries until its claim was granted. Confined to the scheduler thread.
 */
final class HandOverCount {
    private static final Logger LOG = LoggerFactory.getLogger("hand-over");
    /** The new owner's question was open: the answer alone. */
    private static final int WORD = 1;
    /** It was not: an answer about others was on its way, then comes the question, then the answer. */
    private static final int WORD_AFTER_QUESTION = 3;

    private final Map<Long, Question> questions = new HashMap<>();
    private final Map<String, Long> endedAt = new HashMap<>();
    private final Map<String, Integer> claimTries = new HashMap<>();
    private long clock;

    /** @param order counts what came before it */
    private record Question(String asker, long order) {}

    /** Another member asks for tasks. */
    void asked(long ticket, String asker) {
        questions.put(ticket, new Question(asker, ++clock));
    }

    /** To be told of every effect of the engine, in their order. */
    void performed(Effect effect) {
        if (effect instanceof Effect.KeepRun keep && keep.run().state() == RunState.HANDED_OVER) {
            endedAt.put(keep.run().task(), ++clock);
        } else if (effect instanceof Effect.KeepRun keep && keep.run().state().isTerminal()) {
            claimTries.remove(keep.run().task());
        } else if (effect instanceof Effect.AnswerYield answer) {
            answered(answer);
        } else if (effect instanceof Effect.AskClaim ask) {
            claimTries.merge(ask.purpose().task(), 1, Integer::sum);
        } else if (effect instanceof Effect.StartRun start) {
            var tries = claimTries.remove(start.task().name());
            endedAt.remove(start.task().name());
            if (tries != null && start.task().isService()) {
                LOG.info("claimed task={} tries={}", start.task().name(), tries);
            }
        }
    }

    private void answered(Effect.AnswerYield answer) {
        var question = questions.remove(answer.ticket());
        for (var task : answer.granted()) {
            var ended = endedAt.remove(task);
            if (ended != null && question != null) {
                LOG.info("given task={} to={} messages={}", task, question.asker(), messages(question, ended));
            }
        }
    }

    private static int messages(Question question, long ended) {
        return question.order() < ended ? WORD : WORD_AFTER_QUESTION;
    }
}
