package io.rota.scheduler.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.scheduler.RunState;
import io.rota.scheduler.engine.Engine;
import io.rota.scheduler.engine.Phase;
import io.rota.scheduler.engine.Run;
import io.rota.scheduler.engine.RunOrigin;
import io.rota.scheduler.engine.Tasks;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DoubtAlarmTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final DoubtAlarm alarm = new DoubtAlarm();

    private static Engine.Standing standing(RunState state) {
        var origin = new RunOrigin("2026-11-24T12:00:00Z", 0, new TreeMap<>());
        var run = new Run("a@1", "a", state, "", 0, 0, 0, 5, 0, 0, 1, origin);
        var task = Tasks.every("a", Duration.ofHours(1));
        return new Engine.Standing(task, Phase.IN_DOUBT, "why", true, false, 0, run, null);
    }

    private int calls(RunState state, long minute) {
        return alarm.due(List.of(standing(state)), minute * MINUTE).size();
    }

    @Test
    void whoDoesNotDecideIsCalledAgainAndAgain() {
        assertThat(calls(RunState.HELD, 0))
                .as("the history has just told of it")
                .isZero();
        assertThat(calls(RunState.HELD, 14)).isZero();
        assertThat(calls(RunState.HELD, 15)).isOne();
        assertThat(calls(RunState.HELD, 16)).isZero();
        assertThat(calls(RunState.HELD, 30)).isOne();
    }

    @Test
    void nobodyIsCalledOnceItIsSettledNorAtOnceForTheNextOne() {
        calls(RunState.HELD, 0);

        assertThat(calls(RunState.RESOLVED_DONE, 15)).isZero();
        assertThat(calls(RunState.HELD, 16)).isZero();
        assertThat(calls(RunState.HELD, 31)).isOne();
    }

    @Test
    void nobodyIsCalledWhileTheProbeIsAtIt() {
        calls(RunState.PROBING, 0);

        assertThat(calls(RunState.PROBING, 60)).isZero();
    }
}
