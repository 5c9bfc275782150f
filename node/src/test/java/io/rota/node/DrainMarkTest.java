package io.rota.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrainMarkTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path dir = Path.of("");

    private DrainMark mark() {
        return new DrainMark(dir);
    }

    @Test
    void aMarkThatWasSetIsThereAfterARestartUntilItIsCleared() throws IOException {
        assertThat(mark().isSet()).isFalse();

        mark().set(NOW);
        assertThat(mark().isSet()).isTrue();
        assertThat(dir.resolve("drained")).hasContent("drained since 2026-01-01T00:00:00Z");
        assertThat(dir.resolve("drained.new")).doesNotExist();

        mark().clear();
        mark().clear();
        assertThat(mark().isSet()).isFalse();
    }

    @Test
    void aDamagedMarkIsReportedAndStillAMark() throws IOException {
        Files.write(dir.resolve("drained"), new byte[] {(byte) 0xff, 0});
        try (var log = new LogLines(DrainMark.class)) {
            assertThat(mark().isSet()).isTrue();

            assertThat(log.warnings()).singleElement().asString().contains("it takes no work", "rota undrain");
        }
        Files.writeString(dir.resolve("drained"), "");
        assertThat(mark().isSet()).isTrue();
    }

    @Test
    void whatIsNoFileIsReportedAndAMarkToo() throws IOException {
        Files.createDirectory(dir.resolve("drained"));

        assertThat(mark().isSet()).isTrue();
    }

    @Test
    void aDiskThatTakesNothingIsAnError() {
        var nowhere = new DrainMark(dir.resolve("missing"));

        assertThat(nowhere.isSet()).isFalse();
        assertThatThrownBy(() -> nowhere.set(NOW)).isInstanceOf(IOException.class);
    }
}
