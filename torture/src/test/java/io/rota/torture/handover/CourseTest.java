package io.rota.torture.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.torture.check.Verdict;
import io.rota.torture.history.Event;
import io.rota.torture.history.Line;
import io.rota.torture.history.TaskSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CourseTest {
    private static final List<TaskSpec> TASKS =
            List.of(new TaskSpec("a", true, "plain", 0), new TaskSpec("b", false, "plain", 0));

    private final List<Line> lines = new ArrayList<>();
    private long pids;

    /** A run of a task from one time to another, in milliseconds. */
    private void run(String task, String node, long fromMillis, long untilMillis) {
        long pid = ++pids;
        lines.add(line(task, node, pid, Event.START, fromMillis));
        lines.add(line(task, node, pid, Event.END, untilMillis));
    }

    private static Line line(String task, String node, long pid, Event event, long millis) {
        return new Line(millis * 1_000_000, event, task, task, 0, node, pid, pid, node + "/1");
    }

    private static Leg leg(Step step, Map<String, String> before, Map<String, String> after) {
        return new Leg(step, "a change", 1_000_000_000, 9_000_000_000L, before, after, Set.of());
    }

    private Course joined() {
        var before = Map.of("a", "n1", "b", "n1");
        return new Course(
                List.of(leg(Step.JOIN, before, Map.of("a", "n2", "b", "n1"))), Move.of(TASKS, lines), 10_000_000);
    }

    private static List<String> failed(Course course) {
        return course.judge().stream()
                .filter(verdict -> verdict.outcome() == Verdict.Outcome.FAILED)
                .map(Verdict::check)
                .toList();
    }

    @Test
    void oneMoveInTimeIsWell() {
        run("a", "n1", 0, 2_000);
        run("a", "n2", 2_310, 5_000);

        assertThat(failed(joined())).isEmpty();
        assertThat(joined().movesOf(Step.JOIN)).hasSize(1);
    }

    @Test
    void aMillisecondTooLateIsSeen() {
        run("a", "n1", 0, 2_000);
        run("a", "n2", 2_311, 5_000);

        assertThat(failed(joined()))
                .containsExactly("a task that moves stands still for its stop time and at most 310 ms");
    }

    @Test
    void aMoveThatNeedNotBeIsSeen() {
        run("a", "n1", 0, 2_000);
        run("a", "n2", 2_100, 5_000);
        run("b", "n1", 0, 2_000);
        run("b", "n2", 2_100, 5_000);

        assertThat(failed(joined())).containsExactly("at most 1.2 times as many tasks move as must");
    }

    @Test
    void aStepInWhichNothingMovesShowsNothing() {
        run("a", "n1", 0, 5_000);

        assertThat(failed(joined())).containsExactly("at most 1.2 times as many tasks move as must");
    }

    @Test
    void aHopByAThirdNodeIsSeen() {
        run("a", "n1", 0, 2_000);
        run("a", "n3", 2_100, 3_000);
        run("a", "n2", 3_100, 5_000);

        assertThat(failed(joined()))
                .containsExactly("at most 1.2 times as many tasks move as must", "no task moves twice for one change");
    }

    @Test
    void aRestartBetweenTheChangesIsSeen() {
        run("a", "n1", 0, 2_000);
        run("a", "n2", 2_100, 9_500);
        run("a", "n2", 9_600, 9_900);

        assertThat(failed(joined())).containsExactly("no task begins anew while nothing changes");
    }

    @Test
    void theMinimumIsWhatTheNodesGain() {
        var before = Map.of("a", "n1", "b", "n2", "c", "n1");
        var after = Map.of("a", "n2", "b", "n1", "c", "n3");

        var leg = leg(Step.JOIN, before, after);

        assertThat(leg.minimum()).as("a and b need not have changed places").isEqualTo(1);
        assertThat(leg.ringMoves()).isEqualTo(3);
    }

    @Test
    void tasksThatOnlySomeNodesMayHaveTakeNoOthersPlace() {
        var before = Map.of("a", "n1", "b", "n2");
        var after = Map.of("a", "n2", "b", "n1");

        assertThat(new Leg(Step.CONFIG, "file", 0, 1, before, after, Set.of("a")).minimum())
                .isEqualTo(2);
    }

    @Test
    void tasksThatComeOrGoDoNotMove() {
        assertThat(leg(Step.CONFIG, Map.of("a", "n1"), Map.of("b", "n2")).minimum())
                .isZero();
    }

    @Test
    void awayAndBackIsEachTasksShareOfARollingRestart() {
        run("a", "n1", 0, 2_000);
        run("a", "n2", 2_100, 3_000);
        run("a", "n1", 3_100, 4_000);
        run("a", "n3", 4_100, 5_000);
        var owners = Map.of("a", "n1");

        var course = new Course(List.of(leg(Step.RESTART, owners, owners)), Move.of(TASKS, lines), 0);

        assertThat(course.movesBeyondOwnRestart()).isEqualTo(1);
    }
}
