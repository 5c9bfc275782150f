package io.rota.membership.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The core and the codec hold no clock, socket, thread, logger or chance of their own: else the simulator would lie. */
class PurityTest {

    private static final List<String> FORBIDDEN = List.of(
            "System.nanoTime",
            "System.currentTimeMillis",
            "Instant.now",
            "java.time.Instant",
            "java.time.Clock",
            "java.time.LocalDate",
            "java.time.Zoned",
            "java.util.Date",
            "java.util.Calendar",
            "java.util.concurrent",
            "java.nio.channels",
            "java.net.Socket;",
            "org.slf4j",
            "new Random(",
            "Math.random",
            "ThreadLocalRandom",
            "new Thread");

    @ParameterizedTest
    @ValueSource(strings = {"protocol", "wire"})
    void sourcesNameNothingImpure(String folder) {
        List<Path> sources = sources(folder);

        assertThat(sources).hasSizeGreaterThan(5);
        for (Path source : sources) {
            assertThat(read(source)).as(source.toString()).doesNotContain(FORBIDDEN);
        }
    }

    /** A clock set back by an administrator or by NTP reaches nothing here: no source of the shell reads it either; only the logger stamps its lines. */
    @ParameterizedTest
    @ValueSource(strings = {"protocol", "wire", "net", "."})
    void nothingReadsAWallClock(String folder) {
        for (Path source : sources(folder)) {
            assertThat(read(source))
                    .as(source.toString())
                    .doesNotContain("currentTimeMillis", "java.time.Instant", "java.time.Clock", "java.util.Date");
        }
    }

    /** Each way in is told one instant, of the shell's monotonic clock, and no other kind of time. */
    @Test
    void coreHasNoWallClockInput() {
        for (Method method : Protocol.class.getMethods()) {
            assertThat(method.getParameterTypes())
                    .as(method.toString())
                    .noneMatch(type -> type.getName().startsWith("java.time") || type == java.util.Date.class);
        }
    }

    @Test
    void checkBites() {
        assertThat(FORBIDDEN).anyMatch("long now = System.nanoTime();"::contains);
    }

    private static List<Path> sources(String folder) {
        try (Stream<Path> files =
                Files.list(Path.of("src/main/java/io/rota/membership", folder).normalize())) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
