package io.rota.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/run-states.md is drawn from the table in the code. After a change of the table it is written anew here: commit it. */
class RunStatePageTest {
    @Test
    void thePageShowsTheTableOfTheCode() throws IOException {
        var page = checkout().resolve("docs/run-states.md");
        var before = Files.exists(page) ? Files.readString(page) : "";

        var drawn = draw();
        if (!drawn.equals(before)) {
            Files.writeString(page, drawn);
        }

        assertThat(before)
                .as("docs/run-states.md was out of date and has been drawn anew")
                .isEqualTo(drawn);
    }

    private static Path checkout() {
        var dir = Path.of("").toAbsolutePath();
        while (!Files.exists(dir.resolve("ARCHITECTURE.md"))) {
            var parent = dir.getParent();
            if (parent == null) {
                throw new IllegalStateException("no checkout around the working directory");
            }
            dir = parent;
        }
        return dir;
    }

    private static String draw() {
        var text = new StringBuilder("# Run states\n\nDrawn from `RunState` by `RunStatePageTest`; do not edit.\n")
                .append("Every occurrence that falls due ends in exactly one terminal record.\n\n")
                .append("```mermaid\nstateDiagram-v2\n    [*] --> DUE\n    [*] --> SKIPPED\n");
        for (var state : RunState.values()) {
            for (var next : RunState.values()) {
                if (state.canBecome(next)) {
                    text.append("    ")
                            .append(state)
                            .append(" --> ")
                            .append(next)
                            .append('\n');
                }
            }
            if (state.isTerminal()) {
                text.append("    ").append(state).append(" --> [*]\n");
            }
        }
        text.append("```\n\n| State | Means | Next |\n|---|---|---|\n");
        for (var state : RunState.values()) {
            text.append("| `%s` | %s | %s |\n".formatted(state, state.meaning(), nextOf(state)));
        }
        return text.toString();
    }

    private static String nextOf(RunState state) {
        return state.isTerminal()
                ? "terminal"
                : Arrays.stream(RunState.values())
                        .filter(state::canBecome)
                        .map(next -> "`" + next + "`")
                        .collect(Collectors.joining(", "));
    }
}
