package io.rota.membership.net;

import io.rota.membership.MemberMetadata;
import io.rota.membership.Membership;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** A member in a process of its own, to be killed: {@code MemberProcess NAME PORT SEED_PORT...}. Ends when its standard input does. */
public final class MemberProcess {

    private MemberProcess() {}

    public static void main(String[] arguments) throws Exception {
        List<Integer> seeds =
                Arrays.stream(arguments).skip(2).map(Integer::valueOf).toList();
        try (Membership member = SocketMembership.start(
                LoopbackNodes.config(arguments[0], Integer.parseInt(arguments[1]), seeds),
                MemberMetadata.empty(),
                view -> {})) {
            while (System.in.read() >= 0) {
                member.view();
            }
        }
    }

    static Process start(String name, int port, int seedPort) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MemberProcess.class.getName(),
                        name,
                        Integer.toString(port),
                        Integer.toString(seedPort))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
