package io.rota.scheduler.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.engine.Engine;
import io.rota.scheduler.engine.Moment;
import io.rota.scheduler.engine.Targets;
import io.rota.scheduler.engine.Tasks;
import io.rota.scheduler.run.OrphanDetector.Alarm;
import io.rota.scheduler.run.OrphanDetector.Kind;
import io.rota.scheduler.run.OrphanDetector.Look;
import io.rota.scheduler.run.OrphanDetector.Said;
import io.rota.scheduler.run.OrphanDetector.Sight;
import io.rota.scheduler.view.TaskView.State;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OrphanDetectorTest {
    private static final long SECOND = 1_000_000_000L;
    private static final TaskDefinition SERVICE = Tasks.service("a");
    private static final TaskDefinition TIMED = Tasks.every("t", Duration.ofMinutes(1));

    private final OrphanDetector detector = new OrphanDetector(-10 * SECOND);

    private static SortedMap<String, Said> said(String node, State state, String reason) {
        return new TreeMap<>(Map.of(node, new Said(state, reason)));
    }

    private static Sight sight(String owner, SortedMap<String, Said> said) {
        return new Sight(SERVICE, owner, said);
    }

    private Look at(long tenths, Sight... sights) {
        return detector.look(tenths * SECOND / 10, List.of(sights), Map.of());
    }

    /** Looks twice a second from 20 s on, so long; the last look. */
    private Look lookFor(long tenths, Sight sight) {
        var last = at(200, sight);
        for (long at = 205; at <= 200 + tenths; at += 5) {
            last = at(at, sight);
        }
        return last;
    }

    private String reasonOf(Sight sight) {
        return lookFor(35, sight).current().stream()
                .map(Alarm::reason)
                .findFirst()
                .orElse("no alarm");
    }

    @Test
    void aServiceThatItsOwnerNeverStartsIsCalledWithinFiveSeconds() {
        var engineThatStartsNothing = sight("n1", said("n1", State.WAITING, ""));

        // With a report that is a second and a quarter old, and a look half a second late.
        assertThat(lookFor(30, engineThatStartsNothing).called())
                .extracting(Alarm::kind, Alarm::about, Alarm::reason)
                .containsExactly(tuple(Kind.RUNS_NOWHERE, "a", "n1 should run it and does not begin"));
    }

    @Test
    void anEngineThatNobodyAnswersIsCalledInItsOwnWords() {
        var engine = new Engine("n1/1", List.of(SERVICE));
        engine.onTargets(new Moment(0, 0), new Targets(Set.of("a"), Set.of("n2"), Set.of(), false, Set.of(), 1));
        var standing = engine.standings().get(0);

        assertThat(reasonOf(sight("n1", said("n1", Reports.state(standing), standing.reason()))))
                .isEqualTo("n1 should run it: waiting for n2 to say that it does not run there");
    }

    @Test
    void aHandOverIsNoAlarm() {
        assertThat(lookFor(25, sight("n1", said("n1", State.STARTING, ""))).current())
                .isEmpty();
        assertThat(at(230, sight("n1", said("n1", State.RUNNING, ""))).current())
                .isEmpty();
    }

    @Test
    void aTaskThatTheRingGivesNobodyNamesItsTags() {
        assertThat(reasonOf(sight("", new TreeMap<>())))
                .isEqualTo("no live node is eligible: none is active and carries its tags");
    }

    @Test
    void aClaimThatIsNotGrantedIsNamed() {
        assertThat(reasonOf(sight("n1", said("n1", State.BLOCKED, "this node has no lease: no majority"))))
                .isEqualTo("n1 should run it: this node has no lease: no majority");
    }

    @Test
    void aYieldThatIsNotAnsweredIsNamed() {
        var waiting = "waiting for n2 to say that it does not run there";

        assertThat(reasonOf(sight("n1", said("n1", State.STARTING, waiting))))
                .isEqualTo("n1 should run it: " + waiting);
    }

    @Test
    void anOwnerThatDoesNotTakeItUpIsNamed() {
        assertThat(reasonOf(sight("n1", said("n1", State.UNKNOWN, ""))))
                .isEqualTo("n1 should run it and does not take it up");
    }

    @Test
    void anOwnerThatHasSaidNothingIsNamed() {
        assertThat(reasonOf(sight("n1", said("n2", State.UNKNOWN, ""))))
                .isEqualTo("n1 should run it and has not reported yet");
    }

    @Test
    void aCrashLoopIsTheBackoffsMatter() {
        assertThat(reasonOf(sight("n1", said("n1", State.BACKOFF, "ended with code 1"))))
                .isEqualTo("no alarm");
    }

    @Test
    void aStopMayTakeItsGrace() {
        var stopping = sight("n1", said("n1", State.STOPPING, ""));
        long graceTenths = SERVICE.stopGrace().toMillis() / 100;

        assertThat(lookFor(graceTenths + 25, stopping).current()).isEmpty();
        assertThat(lookFor(graceTenths + 35, stopping).current()).hasSize(1);
    }

    @Test
    void aTimedTaskThatIsArmedAnywhereIsWell() {
        var armed = new Sight(TIMED, "n1", said("n2", State.WAITING, ""));
        var nowhere = new Sight(TIMED, "n1", said("n1", State.UNKNOWN, ""));

        assertThat(lookFor(60, armed).current()).isEmpty();
        assertThat(lookFor(60, nowhere).current()).extracting(Alarm::kind).containsExactly(Kind.RUNS_NOWHERE);
    }

    @Test
    void twoThatRunItAreNamed() {
        var both = new TreeMap<>(Map.of("n1", new Said(State.RUNNING, ""), "n3", new Said(State.RUNNING, "")));

        var look = lookFor(30, sight("n1", both));

        assertThat(look.called())
                .extracting(Alarm::kind, Alarm::reason)
                .containsExactly(tuple(Kind.RUNS_TWICE, "runs on n1 and n3 at the same time"));
    }

    @Test
    void aSilentNodeIsOneAlarmAndNotOneForEachOfItsTasks() {
        var stale = sight("n1", said("n1", State.UNKNOWN, ""));
        for (long at = 200; at < 240; at += 5) {
            detector.look(at * SECOND / 10, List.of(stale), Map.of("n1", "its scheduler has not moved for 2 s"));
        }

        var look = detector.look(24 * SECOND, List.of(stale), Map.of("n1", "its scheduler has not moved for 6 s"));

        assertThat(look.current()).extracting(Alarm::kind, Alarm::about).containsExactly(tuple(Kind.NODE_SILENT, "n1"));
    }

    @Test
    void anAlarmIsCalledOnceAMinuteAndIsOverWhenItIsOver() {
        var lost = sight("n1", said("n1", State.UNKNOWN, ""));
        lookFor(30, lost);

        assertThat(at(235, lost).called()).isEmpty();
        assertThat(at(235, lost).current()).hasSize(1);
        assertThat(at(830, lost).called()).hasSize(1);
        assertThat(at(835, sight("n1", said("n1", State.RUNNING, ""))).over()).hasSize(1);
        assertThat(at(840, sight("n1", said("n1", State.RUNNING, ""))).over()).isEmpty();
    }

    @Test
    void whatEndsBeforeItIsAnAlarmIsNeverOver() {
        var lost = sight("n1", said("n1", State.UNKNOWN, ""));
        lookFor(20, lost);

        assertThat(at(225, sight("n1", said("n1", State.RUNNING, ""))).over()).isEmpty();
    }

    @Test
    void nothingIsJudgedWhileTheClusterStarts() {
        var lost = sight("n1", said("n1", State.UNKNOWN, ""));

        assertThat(at(0, lost).current()).isEmpty();
        assertThat(at(199, lost).current()).isEmpty();
        assertThat(at(200, lost).current()).hasSize(1);
    }
}
