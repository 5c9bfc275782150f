package io.rota.node.config;

import static io.rota.node.config.ConfigTexts.HEAD;
import static io.rota.node.config.ConfigTexts.cluster;
import static io.rota.node.config.ConfigTexts.node;
import static io.rota.node.config.ConfigTexts.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.rota.membership.Seed;
import io.rota.scheduler.Guarantee;
import io.rota.scheduler.RestartPolicy;
import io.rota.scheduler.Schedule;
import io.rota.scheduler.Slots;
import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.TaskFile;
import io.rota.scheduler.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A good file gives exactly what it says; a bad one says everything that is wrong with it at once. */
final class ConfigFileTest {
    private static final String KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    private static final String GOOD = """
            version: 1
            cluster:
              name: shop
              key: %s
              seeds: [n1@10.0.0.1:7700, 'n2@${SET}:7700', 'n3@[::1]:7700', h:1]
            node:
              name: n1
              bind: 10.0.0.1
              advertise: 10.0.0.9
              gossip_port: 8000
              admin_port: 9000
              data_dir: /var/lib/rota
              tags: {zone: a}
              weight: 2.5
            tasks:
              poller:
                command: [./poll, '', '$$', '${x}']
                guarantee: exclusive
                restart: on-failure
                stop_grace_period: 3s
                working_dir: work
                environment: {HOST: '${SET}', PRICE: 5$$, MODE: '${NOPE:-fast}'}
                placement: {tags: {zone: a}}
              report:
                run: echo ${x} $$ ${NOPE}
                schedule: {every: 15s}
            """;

    @TempDir
    private Path dir = Path.of("");

    private ConfigTexts texts = new ConfigTexts(dir);

    @BeforeEach
    void useDirectory() {
        texts = new ConfigTexts(dir);
    }

    @Test
    void fileThatIsNotThereIsSaidToBeMissing() {
        assertThat(texts.problemsOf(dir.resolve("gone.yaml")))
                .containsExactly("gone.yaml:1:1: does not exist (check the path after --config)");
    }

    @Test
    void directoryIsNoFile() throws IOException {
        Files.createDirectory(dir.resolve("d"));

        assertThat(texts.problemsOf(dir.resolve("d")))
                .containsExactly("d:1:1: cannot be read: Is a directory (check the path after --config)");
    }

    @Test
    void allProblemsOfAFileComeAtOnceInItsOrder() throws IOException {
        var text = """
                version: 1
                cluster:
                  nam: x
                  seeds: [bad]
                node:
                  name: N
                  gossip_port: 0
                tasks:
                  a:
                    comand: [x]
                    guarantee: exclusiv
                  b:
                    run: x
                    schedule: {every: 10}
                    restart: never
                    placement: {tag: {a: b}}
                """;

        assertThat(texts.problems(text))
                .containsExactly(
                        "rota.yaml:3:3: cluster: there is no cluster key (make one with `rota keygen` and name it by"
                                + " key_file, or set insecure: true)",
                        "rota.yaml:3:3: cluster: unknown key \"nam\" (did you mean \"name\"?)",
                        "rota.yaml:4:11: cluster: a seed is written name@host:port or host:port, not \"bad\""
                                + " (write name@host:port)",
                        "rota.yaml:6:9: node: node name \"N\" is not made of a-z, 0-9, dot, dash and underscore"
                                + " (set node.name or start with --name)",
                        "rota.yaml:7:16: node: gossip_port must be a number from 1 to 65533, found \"0\"",
                        "rota.yaml:10:5: tasks.a: there is none of command, run, http, java"
                                + " (give one of them: command: [program, argument], run: a shell script,"
                                + " http: {url: ...} or java: {class: ..., jar: ...})",
                        "rota.yaml:10:5: tasks.a: unknown key \"comand\" (did you mean \"command\"?)",
                        "rota.yaml:11:16: tasks.a: guarantee must be one of exclusive, once, ring, found \"exclusiv\""
                                + " (did you mean \"exclusive\"?)",
                        "rota.yaml:14:23: tasks.b.schedule: every: \"10\" has no unit"
                                + " (write 500ms, 15s, 10m, 4h or 30d)",
                        "rota.yaml:15:5: tasks.b: restart is for services; this task has a schedule (remove it)",
                        "rota.yaml:16:17: tasks.b.placement: unknown key \"tag\" (did you mean \"tags\"?)");
    }

    @Test
    void goodFileGivesExactlyWhatItSays() throws Exception {
        var config = texts.read(GOOD.formatted(KEY));

        assertThat(config.clusterName()).isEqualTo("shop");
        assertThat(config.key().map(ClusterKey::toBase64)).contains(KEY);
        assertThat(config.seeds())
                .containsExactly(
                        new Seed("n1", "10.0.0.1", 7700),
                        new Seed("n2", "value", 7700),
                        new Seed("n3", "::1", 7700),
                        new Seed("", "h", 1));
        assertThat(config.arbiters()).containsExactly("n1", "n2", "n3");
        assertThat(config.node())
                .isEqualTo(new NodeConfig.Local(
                        "n1",
                        "10.0.0.1",
                        "10.0.0.9",
                        new NodeConfig.Ports(8000, 8001, 9000),
                        Path.of("/var/lib/rota"),
                        Map.of("zone", "a"),
                        2500,
                        Slots.UNLIMITED));
        assertThat(config.tasks())
                .containsExactly(
                        TaskDefinition.of(
                                        "poller",
                                        new Work.Command(
                                                List.of("./poll", "", "$$", "${x}"),
                                                "work",
                                                new TreeMap<>(Map.of("HOST", "value", "PRICE", "5$", "MODE", "fast"))),
                                        new Schedule.Service())
                                .with(Guarantee.EXCLUSIVE)
                                .with(RestartPolicy.ON_FAILURE)
                                .withTags(new TreeMap<>(Map.of("zone", "a"))),
                        TaskDefinition.of(
                                "report",
                                new Work.Command(List.of("/bin/sh", "-c", "echo ${x} $$ ${NOPE}"), "", new TreeMap<>()),
                                new Schedule.Every(Duration.ofSeconds(15))));
    }

    @Test
    void shortestFileGivesTheDefaults() throws Exception {
        var config = texts.read(HEAD);

        assertThat(config)
                .isEqualTo(new NodeConfig(
                        "rota",
                        Optional.empty(),
                        List.of(),
                        List.of("n1"),
                        new NodeConfig.Local(
                                "n1",
                                "127.0.0.1",
                                "127.0.0.1",
                                new NodeConfig.Ports(7700, 7701, 7702),
                                Path.of("data"),
                                Map.of(),
                                1000,
                                Slots.UNLIMITED),
                        new TaskFile(0, List.of()),
                        dir));
        assertThat(config.arbiters()).containsExactly("n1");
    }

    @Test
    void commandLineBeatsTheFile() throws Exception {
        var overrides = new ConfigFile.Overrides(Optional.of("n7"), Optional.of("/srv/n7"));

        var config = texts.read(node("data_dir: here"), overrides);

        assertThat(config.node().name()).isEqualTo("n7");
        assertThat(config.node().dataDir()).isEqualTo(Path.of("/srv/n7"));
    }

    @Test
    void keyIsReadFromAFileBesideTheConfig() throws Exception {
        Files.writeString(dir.resolve("cluster.key"), KEY + "\n");

        assertThat(texts.read(cluster("key_file: cluster.key")).key().map(ClusterKey::toBase64))
                .contains(KEY);
    }

    @Test
    void twoNamedSeedsMakeTheFirstTheSingleJudge() throws Exception {
        assertThat(texts.read(cluster("insecure: true", "seeds: [n2@a:1, n1@b:1]"))
                        .arbiters())
                .containsExactly("n2");
    }

    @Test
    void arbitersMayBeNamedAmongTheSeeds() throws Exception {
        var seeds = "seeds: [n1@a:1, n2@b:1, n3@c:1, n4@d:1, n5@e:1]";

        assertThat(texts.read(cluster("insecure: true", seeds, "arbiters: [n5, n2, n4]"))
                        .arbiters())
                .containsExactly("n5", "n2", "n4");
        assertThat(texts.read(cluster("insecure: true", seeds, "arbiters: [n1, n2, n3, n4, n5]"))
                        .arbiters())
                .hasSize(5);
        assertThat(texts.read(cluster("insecure: true", seeds, "arbiters: [n3]"))
                        .arbiters())
                .containsExactly("n3");
    }

    @Test
    void arbitersThatAreEvenUnknownOrRepeatedAreRefusedWithTheRemedy() throws Exception {
        var seeds = "seeds: [n1@a:1, n2@b:1, n3@c:1]";

        assertThat(texts.problems(cluster("insecure: true", seeds, "arbiters: [n1, n2]")))
                .singleElement(STRING)
                .contains("2 arbiters")
                .contains("name 1, 3 or 5 of the seeds");
        assertThat(texts.problems(cluster("insecure: true", seeds, "arbiters: [n1, n2, n9]")))
                .anySatisfy(problem -> assertThat(problem)
                        .contains("arbiter \"n9\" is not the name of a seed (name nodes that are among the seeds)"));
        assertThat(texts.problems(cluster("insecure: true", seeds, "arbiters: [n1, n2, n2]")))
                .singleElement(STRING)
                .contains("an arbiter is named twice");
        assertThat(texts.problems(cluster("insecure: true", seeds, "arbiters: []")))
                .singleElement(STRING)
                .contains("0 arbiters");
    }

    @Test
    void byteOrderMarkAndWindowsLineEndsDoNotMatter() throws Exception {
        var plain = texts.read(task("run: x"));

        assertThat(texts.read("\uFEFF" + task("run: x"))).isEqualTo(plain);
        assertThat(texts.read(task("run: x").replace("\n", "\r\n"))).isEqualTo(plain);
        assertThat(texts.problems("\uFEFFverson: 1\r\n" + HEAD.replace("\n", "\r\n")))
                .containsExactly("rota.yaml:1:1: unknown key \"verson\" (did you mean \"version\"?)");
    }

    @Test
    void keyNeverShowsInLogs() throws Exception {
        assertThat(texts.read(cluster("key: " + KEY)).toString()).doesNotContain(KEY);
    }
}
