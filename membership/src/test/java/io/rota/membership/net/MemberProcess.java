package io.rota.membership.net;

import io.rota.membership.Member;
import io.rota.membership.MemberMetadata;
import io.rota.membership.MemberState;
import io.rota.membership.Membership;
import io.rota.membership.MembershipView;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A member in a process of its own, to be killed: {@code MemberProcess NAME PORT SEED_PORT...}. Prints each view as one line, {@code LIVE_COUNT HASH}
 * and the names of the dead; ends when its standard input does. This side of it reads the lines. Thread-safe.
 */
public final class MemberProcess {

    private final Process process;
    private volatile String lastView = "0 0";

    private MemberProcess(Process process) {
        this.process = process;
    }

    public static void main(String[] arguments) throws Exception {
        List<Integer> seeds =
                Arrays.stream(arguments).skip(2).map(Integer::valueOf).toList();
        try (Membership member = SocketMembership.start(
                LoopbackNodes.config(arguments[0], Integer.parseInt(arguments[1]), seeds),
                MemberMetadata.empty(),
                MemberProcess::print)) {
            while (System.in.read() >= 0) {
                member.view();
            }
        }
    }

    static MemberProcess start(String name, int port, List<Integer> seedPorts) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx48m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                MemberProcess.class.getName(),
                name,
                Integer.toString(port)));
        seedPorts.forEach(seed -> command.add(Integer.toString(seed)));
        MemberProcess started = new MemberProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
        Thread reader = new Thread(started::read, "views-" + name);
        reader.setDaemon(true);
        reader.start();
        return started;
    }

    long pid() {
        return process.pid();
    }

    /** SIGKILL, as kill -9 does it. */
    void kill() {
        process.destroyForcibly();
    }

    int live() {
        return Integer.parseInt(words().get(0));
    }

    String hash() {
        return words().get(1);
    }

    boolean holdsForDead(String name) {
        return Set.copyOf(words().subList(2, words().size())).contains(name);
    }

    private List<String> words() {
        return Arrays.asList(lastView.split(" ", -1));
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null) {
                if (line.startsWith("view ")) {
                    lastView = line.substring("view ".length()).strip();
                }
                line = lines.readLine();
            }
        } catch (IOException e) {
            lastView = "0 0";
        }
    }

    private static void print(MembershipView view) {
        String dead = view.members().stream()
                .filter(member -> member.state() == MemberState.DEAD)
                .map(Member::name)
                .collect(Collectors.joining(" "));
        System.out.println("view " + view.live().size() + " " + Long.toHexString(view.hash()) + " " + dead);
    }
}
