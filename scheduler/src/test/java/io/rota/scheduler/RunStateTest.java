package io.rota.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunStateTest {
    @ParameterizedTest
    @EnumSource(RunState.class)
    void noStateLeavesTheEndOrComesBackToItself(RunState state) {
        for (var next : RunState.values()) {
            if (state.isTerminal() || next == state || next == RunState.DUE) {
                assertThat(state.canBecome(next)).as("%s -> %s", state, next).isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(RunState.class)
    void everyStateThatIsNoEndHasAWayToOne(RunState state) {
        boolean ends = state.isTerminal();
        for (var next : RunState.values()) {
            ends |= state.canBecome(next)
                    && (next.isTerminal() || next == RunState.STOPPING || next == RunState.RUNNING);
        }

        assertThat(ends).isTrue();
    }

    @Test
    void aRunThatMayHaveAProcessNeverBecomesSkipped() {
        for (var state : RunState.values()) {
            if (state.isActive()) {
                assertThat(state.canBecome(RunState.SKIPPED)).isFalse();
            }
        }
    }
}
