package io.rota.scheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.scheduler.Guarantee;
import io.rota.scheduler.Schedule;
import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.arbitration.Purpose;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which occurrence a claim names, by which the books refuse what has ended already. */
class ClaimingTest {
    private static final long BORN = 1_700_000_000_000L;

    private static long occurrenceOf(TaskDefinition task) {
        var effects = new ArrayList<Effect>();
        new Claiming("n1/1", task, effects::add)
                .ask(new Moment(1, BORN), Run.due(task.name(), RunOrigin.instant(BORN), BORN));
        return ((Effect.AskClaim) effects.get(0)).purpose().occurrenceMillis();
    }

    private static TaskDefinition exclusive(Schedule schedule) {
        return Tasks.task("a", schedule, Guarantee.EXCLUSIVE);
    }

    @Test
    void ofATaskThatIsDueAtInstantsItIsTheInstant() {
        assertThat(occurrenceOf(exclusive(new Schedule.Every(Duration.ofSeconds(1)))))
                .isEqualTo(BORN);
    }

    @Test
    void cyclesThatMayEndInAnyOrderHaveNone() {
        assertThat(occurrenceOf(exclusive(new Schedule.After(List.of("b"), Schedule.When.ALWAYS))))
                .isEqualTo(Purpose.NO_OCCURRENCE);
    }

    @Test
    void whatFollowsElapsedTimeHasNone() {
        assertThat(occurrenceOf(exclusive(new Schedule.Delay(Duration.ofSeconds(1)))))
                .isEqualTo(Purpose.NO_OCCURRENCE);
    }
}
