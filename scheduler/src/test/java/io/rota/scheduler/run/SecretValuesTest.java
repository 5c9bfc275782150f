package io.rota.scheduler.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rota.scheduler.SecretSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretValuesTest {
    @TempDir
    private Path dir = Path.of("");

    private Path file(String text, String permissions) throws IOException {
        var file = Files.writeString(dir.resolve("db"), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private static Map<String, String> read(SecretSource source) throws IOException {
        return SecretValues.read(new TreeMap<>(Map.of("DB", source)), Map.of("SET", "from outside", "EMPTY", "")::get);
    }

    private static SecretSource of(Path file) {
        return new SecretSource.File(file.toString());
    }

    @Test
    void fileIsTakenWithoutItsLastLineEnd() throws IOException {
        assertThat(read(of(file("größe 1\n", "rw-------")))).isEqualTo(Map.of("DB", "größe 1"));
        assertThat(read(of(file("a\n\n", "r--r-----")))).isEqualTo(Map.of("DB", "a\n"));
        assertThat(read(of(file("a\r\n", "rw-------")))).isEqualTo(Map.of("DB", "a"));
    }

    @Test
    void variableIsTakenAsItIs() throws IOException {
        assertThat(read(new SecretSource.Env("SET"))).isEqualTo(Map.of("DB", "from outside"));
    }

    @Test
    void fileThatOthersMayReadIsRefused() throws IOException {
        var open = file("hunter2", "rw-r--r--");

        assertThatThrownBy(() -> read(of(open)))
                .hasMessage("secret DB: file " + open + " is open to every user of the machine: chmod 600 it");
    }

    @Test
    void whatGoesWrongIsSaidByNameAndPlace() throws IOException {
        assertThatThrownBy(() -> read(of(dir.resolve("gone"))))
                .hasMessage("secret DB: file " + dir.resolve("gone") + " does not exist");
        assertThatThrownBy(() -> read(of(dir))).hasMessageContaining("is no file that this node can read");
        assertThatThrownBy(() -> read(new SecretSource.Env("UNSET")))
                .hasMessage("secret DB: variable UNSET is not set in the environment of this node");
        assertThatThrownBy(() -> read(new SecretSource.Env("EMPTY"))).hasMessage("secret DB: it is empty");
        assertThatThrownBy(() -> read(of(file("\n", "rw-------")))).hasMessage("secret DB: it is empty");
        assertThatThrownBy(() -> read(of(file("x".repeat(65_537), "rw-------"))))
                .hasMessageContaining("is larger than 65536 bytes");
    }

    @Test
    void valueThatNoVariableCanHaveIsNotShown() throws IOException {
        var nul = file("hunter2\0x", "rw-------");

        assertThatThrownBy(() -> read(of(nul))).hasMessage("secret DB: it holds a NUL, which no variable can");
        Files.write(nul, new byte[] {'h', 'u', (byte) 0xff});
        assertThatThrownBy(() -> read(of(nul))).hasMessage("secret DB: file " + nul + " is not UTF-8");
    }
}
