package io.rota.scheduler.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rota.scheduler.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written to the files of a control group; that the kernel obeys them is its own matter. */
class RunLimitsTest {
    private static final Limits ALL = new Limits(512L << 20, 1_500, 200, 30);

    @TempDir
    private Path dir = Path.of("");

    private Path runDir = Path.of("");

    @BeforeEach
    void layOutGroups() throws IOException {
        runDir = Files.createDirectories(dir.resolve("rota-n1/7"));
        for (var group : List.of(dir, dir.resolve("rota-n1"))) {
            Files.writeString(group.resolve("cgroup.controllers"), "cpuset cpu io memory pids\n");
            Files.writeString(group.resolve("cgroup.subtree_control"), "");
            Files.writeString(group.resolve("cgroup.procs"), "");
        }
        for (var file : List.of("memory.max", "memory.oom.group", "cpu.max", "pids.max")) {
            Files.writeString(runDir.resolve(file), "");
        }
    }

    private RunLimits limits() {
        return new RunLimits(Optional.of(new Cgroup(dir.resolve("rota-n1"))), Set.of());
    }

    private Limits set(Limits limits) throws IOException {
        return limits().set(limits, Optional.of(new Cgroup(runDir)));
    }

    @Test
    void groupKeepsWhatItHasControllersFor() throws IOException {
        var left = set(ALL);

        assertThat(runDir.resolve("memory.max")).hasContent("536870912");
        assertThat(runDir.resolve("memory.oom.group")).hasContent("1");
        assertThat(runDir.resolve("cpu.max")).hasContent("150000 100000");
        assertThat(runDir.resolve("pids.max")).hasContent("30");
        assertThat(left).isEqualTo(new Limits(0, 0, 200, 0));
    }

    @Test
    void runWithoutLimitsHandsNothingDown() throws IOException {
        set(new Limits(0, 0, 200, 0));

        assertThat(dir.resolve("cgroup.subtree_control")).hasContent("");
        assertThat(runDir.resolve("memory.max")).hasContent("");
    }

    @Test
    void memoryIsLeftToEachProcessWhereNoGroupKeepsIt() throws IOException {
        Files.writeString(dir.resolve("cgroup.controllers"), "cpu pids");

        assertThat(set(ALL)).isEqualTo(new Limits(512L << 20, 0, 200, 0));
        assertThat(runDir.resolve("memory.max")).hasContent("");
        assertThat(new RunLimits(Optional.empty(), Set.of()).set(ALL, Optional.empty()))
                .isEqualTo(new Limits(512L << 20, 0, 200, 0));
    }

    /** A run that should be limited, and is not, is not started. */
    @Test
    void limitThatTheGroupDoesNotTakeIsAReasonNotToStart() throws IOException {
        Files.delete(runDir.resolve("cpu.max"));

        assertThatThrownBy(() -> set(ALL)).isInstanceOf(IOException.class).hasMessageContaining("cpu.max");
    }

    @Test
    void moreOpenFilesThanTheNodeMayHaveAreRefused() throws IOException {
        var own = List.of(
                "Limit                     Soft Limit           Hard Limit           Units     ",
                "Max open files            1024                 4096                 files     ");

        RunLimits.requireOpenFiles(4_096, own);
        RunLimits.requireOpenFiles(9_999, List.of("Max open files            1024      unlimited      files"));
        assertThatThrownBy(() -> RunLimits.requireOpenFiles(4_097, own))
                .hasMessageContaining("open_files 4097 is more than the 4096");
    }

    @Test
    void endAtTheMemoryLimitIsSeen() throws IOException {
        var group = new Cgroup(runDir);

        assertThat(group.isOutOfMemory()).isFalse();
        Files.writeString(runDir.resolve("memory.events"), "low 0\nmax 12\noom 1\noom_kill 0\n");
        assertThat(group.isOutOfMemory()).isFalse();
        Files.writeString(runDir.resolve("memory.events"), "low 0\nmax 12\noom 1\noom_kill 2\n");
        assertThat(group.isOutOfMemory()).isTrue();
    }

    @Test
    void guardThatHasMovedMakesItsGroupsWhereItWas() {
        assertThat(new Cgroup(Path.of("/sys/fs/cgroup/a/rota-node")).aboveOwnLeaf())
                .isEqualTo(new Cgroup(Path.of("/sys/fs/cgroup/a")));
        assertThat(new Cgroup(Path.of("/sys/fs/cgroup/a")).aboveOwnLeaf())
                .isEqualTo(new Cgroup(Path.of("/sys/fs/cgroup/a")));
    }
}
