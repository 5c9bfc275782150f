package io.rota.scheduler.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rota.scheduler.Confinement;
import io.rota.scheduler.Limits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing is lost on the pipe, and nothing that is damaged passes for a message. */
final class GuardCodecTest {
    private static final List<GuardCommand> COMMANDS = List.of(
            new GuardCommand.Start(
                    "run-1",
                    List.of("/bin/echo", "", "größe €"),
                    "/srv/app",
                    Map.of("PATH", "/bin", "EMPTY", "", GuardCommand.MARK, "n1/ff/run-1"),
                    true),
            new GuardCommand.Start(
                    "run-2",
                    List.of("true"),
                    "",
                    Map.of(),
                    false,
                    new Confinement("poller", new Limits(1L << 40, 1_500, 64, 7))),
            new GuardCommand.Stop("run-1", 3_000),
            new GuardCommand.LeaseHeld(Long.MIN_VALUE + 1),
            new GuardCommand.Peers(Map.of("n2", "10.0.0.2:7701", "n3", "[::1]:7701")),
            new GuardCommand.Farewell());

    private static final List<GuardReport> REPORTS = List.of(
            new GuardReport.Ready("/sys/fs/cgroup/größe"),
            new GuardReport.Started("run-1", 4_194_304),
            new GuardReport.NotStarted("run-1", "program x was not found"),
            new GuardReport.Ended("run-1", -1),
            new GuardReport.Output("run-1", "line\n\u0000€\uD83D\uDE00"),
            new GuardReport.Stamp(Long.MAX_VALUE));

    @Test
    void everyKindOfCommandComesThrough() throws IOException {
        assertThat(kinds(COMMANDS)).containsExactlyInAnyOrder(GuardCommand.class.getPermittedSubclasses());

        for (var command : COMMANDS) {
            var in = input(bytesOf(command));
            assertThat(GuardCodec.readCommand(in)).isEqualTo(command);
            assertThat(in.available()).isZero();
        }
    }

    @Test
    void everyKindOfReportComesThrough() throws IOException {
        assertThat(kinds(REPORTS)).containsExactlyInAnyOrder(GuardReport.class.getPermittedSubclasses());

        for (var report : REPORTS) {
            var in = input(bytesOf(report));
            assertThat(GuardCodec.readReport(in)).isEqualTo(report);
            assertThat(in.available()).isZero();
        }
    }

    @Test
    void commandCutShortAnywhereIsRefused() throws IOException {
        for (var command : COMMANDS) {
            byte[] whole = bytesOf(command);
            for (int length = 0; length < whole.length; length++) {
                var in = input(Arrays.copyOf(whole, length));
                assertThatThrownBy(() -> GuardCodec.readCommand(in))
                        .as("%s cut to %d of %d bytes", command, length, whole.length)
                        .isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void reportCutShortAnywhereIsRefused() throws IOException {
        for (var report : REPORTS) {
            byte[] whole = bytesOf(report);
            for (int length = 0; length < whole.length; length++) {
                var in = input(Arrays.copyOf(whole, length));
                assertThatThrownBy(() -> GuardCodec.readReport(in))
                        .as("%s cut to %d of %d bytes", report, length, whole.length)
                        .isInstanceOf(IOException.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, (4 << 20) + 1, Integer.MAX_VALUE})
    void fieldOfAnImpossibleLengthIsRefused(int length) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeByte(2);
        out.writeInt(length);
        out.write(new byte[64]);

        assertThatThrownBy(() -> GuardCodec.readCommand(input(bytes.toByteArray())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(Integer.toString(length));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, Integer.MAX_VALUE})
    void listOfAnImpossibleSizeIsRefused(int count) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeByte(4);
        out.writeInt(count);

        assertThatThrownBy(() -> GuardCodec.readCommand(input(bytes.toByteArray())))
                .isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(bytes = {0, 7, -1, 127})
    void unknownKindIsRefused(byte kind) {
        byte[] bytes = {kind, 0, 0, 0, 0, 0, 0, 0, 0};

        assertThatThrownBy(() -> GuardCodec.readCommand(input(bytes))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> GuardCodec.readReport(input(bytes))).isInstanceOf(IOException.class);
    }

    private static Set<Class<?>> kinds(List<?> messages) {
        return messages.stream().map(Object::getClass).collect(Collectors.toSet());
    }

    private static byte[] bytesOf(GuardCommand command) throws IOException {
        var bytes = new ByteArrayOutputStream();
        GuardCodec.write(new DataOutputStream(bytes), command);
        return bytes.toByteArray();
    }

    private static byte[] bytesOf(GuardReport report) throws IOException {
        var bytes = new ByteArrayOutputStream();
        GuardCodec.write(new DataOutputStream(bytes), report);
        return bytes.toByteArray();
    }

    private static DataInputStream input(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }
}
