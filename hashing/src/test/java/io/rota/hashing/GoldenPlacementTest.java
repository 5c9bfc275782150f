package io.rota.hashing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Pins the placement itself. A changed number here is a BREAKING CHANGE: nodes of the old and of the new version would
 * compute different owners while both run. It needs a new major version, a way to update a running cluster, and a line in
 * the changelog; it is never mended by copying the new number.
 */
final class GoldenPlacementTest {
    private static final int[] WEIGHTS = {1000, 2000, 4000};

    @Test
    void aMillionTasksOnAHundredNodesOfWeightOneTwoFour() throws IOException {
        List<RingNode> nodes = IntStream.range(0, 100)
                .mapToObj(i -> RingNode.of("node-" + i).withWeightMilli(WEIGHTS[i % 3]))
                .toList();

        Placement placement = Placement.of(nodes, Samples.tasks(1_000_000), PlacementSettings.defaults());

        assertThat(Long.toHexString(placement.fingerprint())).isEqualTo(golden("million"));
    }

    @Test
    void smallViewsWithTagsAndGroups() throws IOException {
        assertThat(Long.toHexString(AgreementRun.fingerprint(10_000, 10, 10))).isEqualTo(golden("small"));
    }

    @Test
    void theInterpreterAgrees() throws IOException, InterruptedException {
        String home = System.getProperty("java.home");

        assertThat(run(Path.of(home), "-Xint", "10000", "10", "10")).isEqualTo(golden("small"));
    }

    @Test
    void java25AgreesWhereThereIsOne() throws IOException, InterruptedException {
        Optional<Path> java25 = siblingOfVersion("25");
        assumeTrue(java25.isPresent(), "skipped: no JDK 25 beside the running one");

        assertThat(run(java25.orElseThrow(), "-Xmx1g", "10000", "10", "10")).isEqualTo(golden("small"));
        assertThat(run(java25.orElseThrow(), "-Xmx1g", "100000", "100", "20"))
                .isEqualTo(Long.toHexString(AgreementRun.fingerprint(100_000, 100, 20)));
    }

    private static String golden(String name) throws IOException {
        Properties golden = new Properties();
        try (var in = GoldenPlacementTest.class.getResourceAsStream("golden-placement.properties")) {
            golden.load(in);
        }
        return golden.getProperty(name, "none");
    }

    private static String run(Path javaHome, String option, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                javaHome.resolve("bin").resolve("java").toString(),
                option,
                "-cp",
                System.getProperty("java.class.path"),
                AgreementRun.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.strip();
    }

    /** The JDK of that version that is installed where the running one is. */
    private static Optional<Path> siblingOfVersion(String version) throws IOException {
        Path installed = Path.of(System.getProperty("java.home")).toRealPath().getParent();
        try (Stream<Path> homes = Files.list(installed)) {
            return homes.filter(home -> isVersion(home, version)).findFirst();
        }
    }

    private static boolean isVersion(Path home, String version) {
        Path release = home.resolve("release");
        try {
            return Files.isRegularFile(release)
                    && Files.readString(release).contains("JAVA_VERSION=\"" + version + ".");
        } catch (IOException e) {
            return false;
        }
    }
}
