package io.rota.scheduler.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.rota.scheduler.Confinement;
import io.rota.scheduler.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real processes of another user and within limits: they are what was asked for, and are found and ended all the same. */
final class ConfinedRunIT {
    private static final Duration LEASE = Duration.ofSeconds(6);
    private static final String OTHER = "nobody";

    @TempDir
    private Path dir = Path.of("");

    private static GuardCommand.Start as(String user, GuardCommand.Start order) {
        return new GuardCommand.Start(
                order.runId(),
                order.argv(),
                order.workingDir(),
                order.environment(),
                order.exclusive(),
                new Confinement(user, Limits.NONE));
    }

    private static GuardCommand.Start within(Limits limits, String script) {
        var order = Orders.ring("r", script);
        return new GuardCommand.Start("r", order.argv(), "", order.environment(), false, new Confinement("", limits));
    }

    private static void assumeRoot() {
        assumeThat(Privileges.here().refusal(OTHER)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void runHasUserGroupsAndHomeOfItsAccountOnly(Hold hold) throws IOException {
        assumeThat(hold.isThere()).isTrue();
        assumeRoot();
        var account = Account.find(OTHER).orElseThrow();
        try (var guard = new ServedGuard(LEASE, hold)) {
            guard.send(as(OTHER, Orders.ring("r", "id -u; id -g; id -G; echo $HOME $USER $LOGNAME")));

            assertThat(guard.heard().exitCodeOf("r")).isZero();
            assertThat(guard.heard().outputOf("r").lines())
                    .containsExactly(
                            "" + account.uid(),
                            "" + account.gid(),
                            "" + account.gid(),
                            account.home() + " nobody nobody");
        }
    }

    @ParameterizedTest
    @EnumSource
    void stopFindsAllThatAnotherUserHasStarted(Hold hold) throws IOException {
        assumeThat(hold.isThere()).isTrue();
        assumeRoot();
        try (var guard = new ServedGuard(LEASE, hold)) {
            guard.send(as(OTHER, Orders.ring("r", Orders.HAS_DEAF_GRANDCHILD)));
            long grandchild = guard.heard().grandchildOf("r");

            guard.send(new GuardCommand.Stop("r", 100));

            guard.heard().exitCodeOf("r");
            assertThat(Processes.isUp(grandchild)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void guardThatDiesLeavesNobodyToItsLeash(Hold hold) throws IOException {
        assumeThat(hold.isThere()).isTrue();
        assumeRoot();
        try (var guard = new LoneGuard(LEASE, dir, "1", ProcessHandle.current().pid(), hold)) {
            guard.send(as(OTHER, Orders.ring("r", Orders.HAS_DEAF_GRANDCHILD)));
            var pids = List.of(guard.heard().pidOf("r"), guard.heard().grandchildOf("r"));

            guard.kill();

            await().atMost(Duration.ofSeconds(2))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> pids.stream().noneMatch(Processes::isUp));
        }
    }

    /** The kernel forgets whom to end with the guard when a process changes its user, unless told again. */
    @Test
    void kernelEndsARunOfAnotherUserWithTheGuard() throws IOException {
        assumeRoot();
        try (var guard = new LoneGuard(LEASE, dir, "1", ProcessHandle.current().pid(), Hold.MARK)) {
            guard.send(as(OTHER, Orders.ring("r", Orders.IGNORES_TERM)));
            guard.heard().waitForOutput("r", "up");
            long pid = guard.heard().pidOf("r");
            long leash = guard.leash();
            Processes.signal("STOP", leash);
            try {
                guard.kill();

                await().atMost(Duration.ofSeconds(2))
                        .pollInterval(Duration.ofMillis(10))
                        .until(() -> !Processes.isUp(pid));
            } finally {
                Processes.signal("KILL", leash);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void nextBootFindsARunOfAnotherUser(Hold hold) throws IOException {
        assumeThat(hold.isThere()).isTrue();
        assumeRoot();
        long grandchild;
        try (var old = new LoneGuard(LEASE, dir, "1", Processes.ofSomebodyGone(), hold)) {
            old.send(as(OTHER, Orders.ring("r", Orders.HAS_DEAF_GRANDCHILD)));
            grandchild = old.heard().grandchildOf("r");
            Processes.signal("STOP", old.leash());
            Processes.signal("STOP", old.pid());

            try (var next =
                    new LoneGuard(LEASE, dir, "2", ProcessHandle.current().pid(), hold)) {
                next.awaitReady();

                assertThat(Processes.isUp(grandchild)).isFalse();
            }
        }
    }

    @Test
    void userThatDoesNotExistIsAReasonNotToStart() throws IOException {
        try (var guard = new ServedGuard(LEASE, Hold.MARK)) {
            guard.send(as("no-such-user", Orders.ring("r", "exit 0")));

            assertThat(guard.heard().reasonOf("r")).isEqualTo("user no-such-user does not exist on this machine");
        }
    }

    @ParameterizedTest
    @EnumSource
    void openFilesAreLimited(Hold hold) throws IOException {
        assumeThat(hold.isThere()).isTrue();
        try (var guard = new ServedGuard(LEASE, hold)) {
            guard.send(within(new Limits(0, 0, 64, 0), "ulimit -Sn; ulimit -Hn"));

            assertThat(guard.heard().exitCodeOf("r")).isZero();
            assertThat(guard.heard().outputOf("r").lines()).containsExactly("64", "64");
        }
    }

    @Test
    void memoryIsLimitedForEachProcessWhereNoGroupKeepsIt() throws IOException {
        var grows = "a=x; while [ ${#a} -lt 100000000 ]; do a=$a$a; done; echo grown";
        try (var guard = new ServedGuard(LEASE, Hold.MARK)) {
            guard.send(within(new Limits(32L << 20, 0, 0, 0), grows));

            assertThat(guard.heard().exitCodeOf("r")).isNotZero();
            assertThat(guard.heard().outputOf("r")).doesNotContain("grown");
        }
    }

    // ---- handing controllers down: with one that this machine has at version 2, whichever that is

    @Test
    void guardMovesOutOfAGroupThatIsItsOwnAlone() throws IOException {
        try (var crowd = new Crowd()) {
            assertThat(crowd.handDown(Set.of(crowd.first()))).isEmpty();
            assertThat(crowd.parent.ownPids()).containsExactlyInAnyOrder(crowd.first(), crowd.second());

            assertThat(crowd.handDown(Set.of(crowd.first(), crowd.second()))).containsExactly(crowd.controller);
            assertThat(crowd.parent.ownPids()).isEmpty();
            assertThat(crowd.parent.child(Cgroup.OWN_LEAF).ownPids())
                    .containsExactlyInAnyOrder(crowd.first(), crowd.second());
        }
    }

    /** Two processes in a control group of their own, of which one may be a stranger. */
    private static final class Crowd implements AutoCloseable {
        private final Cgroup parent;
        private final String controller;
        private final List<Process> processes;
        private final Path handedDown;
        private final String before;

        Crowd() throws IOException {
            var above = Hold.GROUP.parents().stream().findFirst();
            assumeThat(above.filter(group -> Hold.GROUP.isThere())).isPresent();
            controller = controllers(above.orElseThrow()).orElse("");
            assumeThat(controller).isNotEmpty();
            handedDown = above.get().dir().resolve("cgroup.subtree_control");
            before = Files.readString(handedDown).contains(controller) ? "+" : "-";
            Files.writeString(handedDown, "+" + controller);
            parent = above.get().child("rota-limits-" + ProcessHandle.current().pid());
            parent.make();
            processes = List.of(sleeper(), sleeper());
            for (var process : processes) {
                Files.writeString(Path.of(parent.procs()), Long.toString(process.pid()));
            }
        }

        private static Optional<String> controllers(Cgroup group) throws IOException {
            return Files.readString(group.dir().resolve("cgroup.controllers"))
                    .lines()
                    .flatMap(line -> List.of(line.split(" ", -1)).stream())
                    .findFirst();
        }

        private static Process sleeper() throws IOException {
            return new ProcessBuilder("sleep", "300").start();
        }

        long first() {
            return processes.get(0).pid();
        }

        long second() {
            return processes.get(1).pid();
        }

        Set<String> handDown(Set<Long> ours) throws IOException {
            var all = parent.child("rota-n1");
            all.make();
            return new RunLimits(Optional.of(all), ours).handDown(List.of(controller, "no-such-controller"));
        }

        @Override
        public void close() throws IOException {
            for (var process : processes) {
                process.destroyForcibly().onExit().join();
            }
            parent.remove();
            Files.writeString(handedDown, before + controller);
        }
    }
}
