package io.rota.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.scheduler.engine.Tasks;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskFileChangeTest {
    @Test
    void saysWhatComesGoesRestartsAndChanges() {
        var before = new TaskFile(
                1,
                List.of(
                        Tasks.service("same"),
                        Tasks.service("gone"),
                        Tasks.service("level"),
                        Tasks.service("quiet"),
                        Tasks.every("timed", Duration.ofSeconds(1))));
        var after = new TaskFile(
                2,
                List.of(
                        Tasks.service("same"),
                        Tasks.service("new"),
                        Tasks.exclusive("level"),
                        Tasks.service("quiet").with(Rebalance.NEVER),
                        Tasks.every("timed", Duration.ofSeconds(2))));

        assertThat(TaskFileChange.between(before, after))
                .isEqualTo(new TaskFileChange(
                        List.of("new"), List.of("gone"), List.of("level"), List.of("quiet", "timed")));
    }
}
