package io.rota.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.membership.MembershipView;
import io.rota.membership.Participation;
import io.rota.node.config.NodeConfig;
import io.rota.scheduler.Slots;
import io.rota.scheduler.TaskFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrainTest {
    private static final TaskFile FILE = new TaskFile(0, List.of());

    @TempDir
    private Path dir = Path.of("");

    private static Presence presence(boolean drained) {
        var local = new NodeConfig.Local(
                "n1",
                "127.0.0.1",
                "127.0.0.1",
                new NodeConfig.Ports(7700, 7701, 7702),
                Path.of("data"),
                Map.of(),
                1000,
                Slots.UNLIMITED);
        var network = new NodeNetwork(
                new NodeConfig("test", Optional.empty(), List.of(), List.of("n1"), local, FILE, Path.of("")), "test");
        var presence = new Presence("n1", network, () -> FILE, (millis, work) -> work.run(), drained);
        presence.begin(new MembershipView(1, 1, List.of()), false, metadata -> {});
        return presence;
    }

    @Test
    void itIsRememberedBeforeItIsToldAndForgottenBeforeThat() {
        var presence = presence(false);
        var drain = new Drain(new DrainMark(dir), presence, false);

        assertThat(drain.drain(true)).isEmpty();
        assertThat(drain.drain(true)).as("again").isEmpty();
        assertThat(presence.participation()).isEqualTo(Participation.DRAINING);
        assertThat(new DrainMark(dir).isSet()).isTrue();

        assertThat(drain.drain(false)).isEmpty();
        assertThat(presence.participation()).isEqualTo(Participation.ACTIVE);
        assertThat(new DrainMark(dir).isSet()).isFalse();
    }

    @Test
    void whatTheDiskDoesNotTakeIsNotDone() throws IOException {
        var presence = presence(false);
        Files.createDirectories(dir.resolve("drained.new"));
        var drain = new Drain(new DrainMark(dir), presence, false);

        assertThat(drain.drain(true)).hasValueSatisfying(why -> assertThat(why).contains("nothing is changed"));

        assertThat(drain.isDraining()).isFalse();
        assertThat(presence.participation()).isEqualTo(Participation.ACTIVE);
    }

    @Test
    void aNodeThatStartsDrainedStaysSo() {
        assertThat(presence(true).participation()).isEqualTo(Participation.DRAINING);
    }
}
