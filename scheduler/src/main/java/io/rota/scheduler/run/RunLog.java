package io.rota.scheduler.run;

import io.rota.scheduler.engine.Run;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** What an operator reads of runs at 3 am: what went wrong, and what moved. Every state is in runs.log; here it is not. */
final class RunLog {
    private static final Logger LOG = LoggerFactory.getLogger("run");

    private RunLog() {}

    /** @param service false for a finite run, whose coming and going is no news */
    static void tell(Run run, boolean service) {
        var word = run.state().name().toLowerCase(Locale.ROOT);
        switch (run.state()) {
            case RUNNING ->
                LOG.atLevel(service ? Level.INFO : Level.DEBUG)
                        .log("{} task={} pid={} token={} run={}", word, run.task(), run.pid(), token(run), run.id());
            case IN_DOUBT, HELD ->
                LOG.error("{} task={} reason=\"{}\" run={}", word, run.task(), run.reason(), run.id());
            case FAILED, TIMED_OUT, LOST, ABANDONED ->
                LOG.warn("{} task={} reason=\"{}\" run={}", word, run.task(), run.reason(), run.id());
            case HANDED_OVER, CANCELLED, PROBING, RESOLVED_DONE, RESOLVED_NOT_DONE ->
                LOG.info("{} task={} reason=\"{}\" run={}", word, run.task(), run.reason(), run.id());
            case SUCCEEDED, SKIPPED, DUE, QUEUED, CLAIMED, INTENT, STARTING, STOPPING, RETRY_WAIT ->
                LOG.debug("{} task={} run={}", word, run.task(), run.id());
        }
    }

    private static String token(Run run) {
        return run.fencingToken().isPresent() ? Long.toString(run.token()) : "none";
    }
}
