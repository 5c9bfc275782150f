package io.rota.scheduler.guard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the kernel lets this process do: whether it may start others in the name of another account, and still prove that
 * they are gone. For that it must be able to end them, and to see them by a control group or in /proc. Immutable.
 *
 * @param uid effective user number of this process; -1 where it cannot be told
 * @param capabilities those in effect, one bit each: capabilities(7)
 */
public record Privileges(long uid, long capabilities) {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int DAC_OVERRIDE = 1;
    private static final int DAC_READ_SEARCH = 2;
    private static final int KILL = 5;
    private static final int SETGID = 6;
    private static final int SETUID = 7;
    private static final int SYS_PTRACE = 19;
    private static final int SYS_RESOURCE = 24;

    /** What the kernel lets this process do. */
    public static Privileges here() {
        try {
            return parse(Files.readAllLines(STATUS, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return new Privileges(-1, 0);
        }
    }

    /** @param status lines of /proc/PID/status: proc(5) */
    static Privileges parse(List<String> status) {
        long uid = field(status, "Uid:")
                .map(ids -> Long.parseLong(ids.split("\\s+", -1)[1]))
                .orElse(-1L);
        long capabilities = field(status, "CapEff:")
                .map(bits -> Long.parseUnsignedLong(bits, 16))
                .orElse(0L);
        return new Privileges(uid, capabilities);
    }

    private static Optional<String> field(List<String> status, String name) {
        return status.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).strip())
                .findFirst();
    }

    /** Why nothing can be run here in the name of this user, as far as can be said before a start; empty if it can. */
    public Optional<String> refusal(String user) {
        var account = Account.find(user);
        if (account.isEmpty()) {
            return Optional.of("user " + user + " does not exist on this machine");
        }
        return refusal(account.get(), true);
    }

    /** @param grouped true if the run has a control group of its own */
    Optional<String> refusal(Account account, boolean grouped) {
        if (account.uid() == uid) {
            return Optional.empty();
        }
        var user = account.name();
        if (!has(SETUID) || !has(SETGID) || !has(KILL)) {
            return Optional.of("only root may run it as user " + user + ", and this node is not root");
        }
        if (Programs.find("setpriv").isEmpty()) {
            return Optional.of("it cannot be run as user " + user + " without setpriv, which util-linux has");
        }
        boolean seesOthers = has(SYS_PTRACE) && (has(DAC_READ_SEARCH) || has(DAC_OVERRIDE));
        return grouped || seesOthers
                ? Optional.empty()
                : Optional.of("processes of user " + user
                        + " could not be found again: the run has no control group, and this node may not look into"
                        + " the processes of others (CAP_SYS_PTRACE)");
    }

    /** True if it may give a process more of something than its own hard limit. */
    boolean mayRaiseLimits() {
        return has(SYS_RESOURCE);
    }

    private boolean has(int capability) {
        return (capabilities >>> capability & 1) == 1;
    }
}
