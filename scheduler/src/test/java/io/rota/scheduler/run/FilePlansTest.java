package io.rota.scheduler.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.scheduler.Guarantee;
import io.rota.scheduler.Rebalance;
import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.TaskFile;
import io.rota.scheduler.TaskFileChange;
import io.rota.scheduler.Work;
import io.rota.scheduler.engine.Tasks;
import io.rota.scheduler.view.DrainView;
import io.rota.scheduler.view.FileOutline;
import io.rota.scheduler.view.FilePlanView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a file would change, told from names and fingerprints alone. */
class FilePlansTest {
    private static final List<TaskDefinition> OLD = List.of(
            Tasks.service("goes"),
            Tasks.service("level"),
            Tasks.service("same"),
            Tasks.service("sticky"),
            Tasks.every("report", Duration.ofHours(1)),
            Tasks.service("work"));

    private static FilePlanView plan(TaskDefinition... next) {
        var own = new TaskFile(7, OLD);
        return FilePlans.of(
                ClusterRings.of(List.of("n1", "n2"), OLD), "n1", own, FileOutline.of(new TaskFile(8, List.of(next))));
    }

    @Test
    void theSameFileChangesNothing() {
        var plan = plan(OLD.toArray(TaskDefinition[]::new));

        assertThat(plan.change()).isEqualTo(new TaskFileChange(List.of(), List.of(), List.of(), List.of()));
        assertThat(plan.moves()).isEmpty();
        assertThat(plan.blocked()).isEmpty();
        assertThat(plan.inForce()).isTrue();
        assertThat(plan.revision()).isEqualTo(7);
    }

    @Test
    void itSaysWhatTheReloadItselfWillSay() {
        TaskDefinition[] next = {
            Tasks.service("comes"),
            Tasks.service("level").with(Guarantee.EXCLUSIVE),
            Tasks.service("same"),
            Tasks.service("sticky").with(Rebalance.NEVER),
            Tasks.every("report", Duration.ofHours(2)),
            Tasks.service("work").with((Work) new Work.Command(List.of("another"), "", new TreeMap<>()))
        };

        var plan = plan(next);

        assertThat(plan.change())
                .isEqualTo(TaskFileChange.between(new TaskFile(7, OLD), new TaskFile(8, List.of(next))))
                .isEqualTo(new TaskFileChange(
                        List.of("comes"), List.of("goes"), List.of("level", "work"), List.of("report", "sticky")));
        assertThat(plan.moves())
                .anyMatch(move -> move.task().equals("comes")
                        && move.from().isEmpty()
                        && !move.to().isEmpty())
                .anyMatch(move -> move.task().equals("goes")
                        && !move.from().isEmpty()
                        && move.to().isEmpty());
    }

    @Test
    void whatNoNodeCouldRunIsBlocked() {
        var next = OLD.stream()
                .map(task -> task.name().equals("same") ? task.withTags(new TreeMap<>(Map.of("gpu", "1"))) : task)
                .toArray(TaskDefinition[]::new);

        assertThat(plan(next).blocked())
                .containsExactly(
                        new DrainView.Blocked("same", "no live node is eligible: none carries its tags gpu=1"));
    }
}
