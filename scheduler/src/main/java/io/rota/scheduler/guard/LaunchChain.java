package io.rota.scheduler.guard;

import io.rota.scheduler.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The small programs by which a task process comes up, each of which becomes the next: the pid stays. They come in this
 * order since only the first may still enter a control group, and since the kernel forgets whom to end with which thread
 * when a process changes its user.
 */
final class LaunchChain {
    private static final int KIB_BITS = 10;

    private final Optional<Cgroup> group;
    private final Optional<Account> account;
    private final Limits limits;

    /**
     * @param group to enter
     * @param account to become; empty to stay
     * @param limits of each process alone; others are the group's matter and must be none
     */
    LaunchChain(Optional<Cgroup> group, Optional<Account> account, Limits limits) {
        this.group = group;
        this.account = account;
        this.limits = limits;
    }

    /** argv of a process that is killed by the kernel when the thread that started it ends, and becomes {@code argv}. */
    List<String> leadingTo(List<String> argv) {
        var chain = new ArrayList<String>();
        Programs.find("setpriv")
                .ifPresent(setpriv -> chain.addAll(List.of(setpriv.toString(), "--pdeathsig", "KILL", "--")));
        chain.addAll(shell());
        chain.addAll(Programs.inOwnSession(asAccount(argv)));
        return chain;
    }

    /** Fails as a whole if one of its steps does: the task never runs outside its group or its limits. */
    private List<String> shell() {
        var steps = new ArrayList<String>();
        if (group.isPresent()) {
            steps.add("echo 0 > \"$0\"");
        }
        if (limits.openFiles() > 0) {
            steps.add("ulimit -n " + limits.openFiles());
        }
        if (limits.memoryBytes() > 0) {
            steps.add("ulimit -d " + (limits.memoryBytes() >> KIB_BITS));
        }
        if (steps.isEmpty()) {
            return List.of();
        }
        steps.add("exec \"$@\"");
        return List.of(
                "/bin/sh",
                "-c",
                String.join(" && ", steps),
                group.map(Cgroup::procs).orElse("rota"));
    }

    private List<String> asAccount(List<String> argv) {
        if (account.isEmpty()) {
            return argv;
        }
        var other = account.get();
        var changed = new ArrayList<>(List.of(
                Programs.find("setpriv").orElseThrow().toString(),
                "--reuid",
                Long.toString(other.uid()),
                "--regid",
                Long.toString(other.gid()),
                "--init-groups",
                "--pdeathsig",
                "KILL",
                "--"));
        changed.addAll(argv);
        return changed;
    }
}
