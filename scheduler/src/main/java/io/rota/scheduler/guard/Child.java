package io.rota.scheduler.guard;

import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One task process with its own process group, owned by the guard. It ends for the outside only when everything that it
 * had started is gone too. Thread-safe.
 */
final class Child {
    private static final Logger LOG = LoggerFactory.getLogger(Child.class);
    private static final int CHUNK_CHARS = 8 * 1024;
    /** A process that outlives KILL for so long counts as one that cannot be killed. */
    static final long KILL_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final GuardCommand.Start order;
    private final Process process;
    private final ProcessId id;
    private final Optional<Cgroup> group;
    private final ProcessTree tree;

    private Child(GuardCommand.Start order, Process process, Optional<Cgroup> group) {
        this.order = order;
        this.process = process;
        this.id = ProcessId.of(process.pid());
        this.group = group;
        this.tree = group.map(entered -> ProcessTree.grouped(id, entered))
                .orElseGet(() -> ProcessTree.marked(id, order.mark()));
    }

    /**
     * Starts the process. To be called from a thread that lives as long as the guard: the kernel kills the process when
     * that thread ends.
     *
     * @param list gets to know of it, and may have a control group for it
     * @throws IOException with a reason for a person
     */
    static Child start(GuardCommand.Start order, ChildList list) throws IOException {
        var dir = order.workingDir().isEmpty() ? new File(".") : new File(order.workingDir());
        if (!dir.isDirectory()) {
            throw new IOException("working directory " + dir + " does not exist");
        }
        var path = order.environment().getOrDefault("PATH", "/usr/bin:/bin");
        if (Programs.find(order.argv().get(0), dir.toPath(), path).isEmpty()) {
            throw new IOException("program " + order.argv().get(0) + " was not found or is not executable (directory "
                    + dir.getAbsolutePath() + ", PATH " + path + ")");
        }
        var group = list.newGroup();
        try {
            var account = account(order.confinement().user(), group.isPresent());
            var left = list.limit(order.confinement().limits(), group);
            var child = attached(order, launch(order, dir, new LaunchChain(group, account, left), account), group);
            child.enlist(list);
            return child;
        } catch (IOException | IllegalArgumentException e) {
            group.ifPresent(Cgroup::remove);
            throw e;
        }
    }

    /** The account to change to; empty to stay as the node is. */
    private static Optional<Account> account(String user, boolean grouped) throws IOException {
        if (user.isEmpty()) {
            return Optional.empty();
        }
        var account = Account.find(user)
                .orElseThrow(() -> new IOException("user " + user + " does not exist on this machine"));
        var here = Privileges.here();
        var refusal = here.refusal(account, grouped);
        if (refusal.isPresent()) {
            throw new IOException(refusal.get());
        }
        return account.uid() == here.uid() ? Optional.empty() : Optional.of(account);
    }

    private static Child attached(GuardCommand.Start order, Process process, Optional<Cgroup> group)
            throws IOException {
        try {
            return new Child(order, process, group);
        } catch (UncheckedIOException e) {
            // What cannot be looked at can never be proven gone.
            process.destroyForcibly();
            throw new IOException("its process cannot be looked at: " + e.getMessage(), e);
        }
    }

    private static Process launch(GuardCommand.Start order, File dir, LaunchChain chain, Optional<Account> account)
            throws IOException {
        var builder = new ProcessBuilder(chain.leadingTo(order.argv()))
                .directory(dir)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"));
        builder.environment().clear();
        account.ifPresent(other -> builder.environment()
                .putAll(Map.of("HOME", other.home(), "USER", other.name(), "LOGNAME", other.name())));
        builder.environment().putAll(order.environment());
        return builder.start();
    }

    /** An exclusive process that no list tells of is not started: after a crash nobody could prove that it is gone. */
    private void enlist(ChildList list) throws IOException {
        if (group.isPresent()) {
            return;
        }
        try {
            list.add(id);
        } catch (IOException e) {
            if (isExclusive()) {
                killUntilGone();
                throw new IOException("the guard's list of processes cannot be written: " + e.getMessage(), e);
            }
            LOG.warn("run={} is not on the guard's list, its mark alone tells of it: {}", runId(), e.toString());
        }
    }

    String runId() {
        return order.runId();
    }

    boolean isExclusive() {
        return order.exclusive();
    }

    ProcessId id() {
        return id;
    }

    /** Takes it from the list, when all of it is gone. */
    void forget(ChildList list) {
        group.ifPresentOrElse(Cgroup::remove, () -> list.remove(id));
    }

    /** Sends TERM; where the processes cannot be looked at now, KILL has to do after the grace. */
    void terminate() {
        try {
            tree.terminate();
        } catch (UncheckedIOException e) {
            LOG.warn("run={} could not be sent TERM: {}", runId(), e.toString());
        }
    }

    ProcessTree tree() {
        return tree;
    }

    /** True if nothing of the run is left. */
    boolean killUntilGone() {
        return tree.killUntilGone(KILL_LIMIT_NANOS);
    }

    /** Hands on the output until the process closes it. */
    void pumpOutput(Consumer<String> sink) {
        try (var in = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
            char[] chunk = new char[CHUNK_CHARS];
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                sink.accept(new String(chunk, 0, n));
            }
        } catch (IOException e) {
            // The pipe was closed under us by the end of the process: the same as its end.
            sink.accept("");
        }
    }

    /** What an operator cannot tell from the exit code; to be asked once all of it is gone. */
    Optional<String> lastWord() {
        return group.filter(Cgroup::isOutOfMemory).map(full -> "rota: the kernel ended this run at its memory limit\n");
    }

    /** Waits until the process has ended by itself or by a signal, then ends what it left behind, however long it takes. */
    int waitUntilGone() throws InterruptedException {
        int code = process.waitFor();
        while (!killUntilGone()) {
            LOG.error("a process of run={} cannot be killed: the run counts as not ended", runId());
        }
        return code;
    }
}
