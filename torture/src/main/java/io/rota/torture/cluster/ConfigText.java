package io.rota.torture.cluster;

import io.rota.torture.history.TaskSpec;
import io.rota.torture.nemesis.Fault;
import io.rota.torture.net.Network;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The config file of a node. Pure. */
final class ConfigText {
    private ConfigText() {}

    static String of(int node, int nodes, Network network, RunDirectory files, NodeFile content) {
        var seeds = IntStream.range(0, nodes)
                .mapToObj(each -> Fault.name(each) + "@" + network.address(each) + ":" + network.firstPort(each))
                .collect(Collectors.joining(", "));
        return """
                version: 1
                revision: %d
                cluster:
                  name: torture
                  key_file: cluster.key
                  seeds: [%s]
                node:
                  name: %s
                  bind: %s
                  advertise: %s
                  gossip_port: %d
                  data_dir: %s
                  weight: %s
                tasks:
                """.formatted(
                                content.revision(),
                                seeds,
                                Fault.name(node),
                                network.address(node),
                                network.address(node),
                                network.firstPort(node),
                                files.nodeFiles(Fault.name(node)),
                                content.weight())
                + tasks(content.workload(), files);
    }

    private static String tasks(Workload workload, RunDirectory files) {
        return workload.tasks().stream()
                .map(task -> task(task, files, workload.beatMillis()))
                .collect(Collectors.joining());
    }

    private static String task(TaskSpec task, RunDirectory files, int beatMillis) {
        return """
                  %s:
                    command: [perl, witness.pl, %s, "%d", %s]
                    guarantee: %s
                    stop_grace_period: 1s
                    environment: {TORTURE: "%s", VERSION: "%d"}
                %s""".formatted(
                        task.name(),
                        files.witness(),
                        beatMillis,
                        task.mode(),
                        task.exclusive() ? "exclusive" : "ring",
                        files.root().getFileName(),
                        task.version(),
                        task.isService() ? "" : "    schedule: {every: " + task.everyMillis() + "ms}\n");
    }
}
