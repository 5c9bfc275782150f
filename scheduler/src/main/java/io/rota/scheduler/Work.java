package io.rota.scheduler;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a run of a task does. Immutable. */
public sealed interface Work {

    /**
     * Starts a process.
     *
     * @param command argv; the first word is the program
     * @param workingDir directory to run in; empty means the node's own
     * @param environment variables added to the scrubbed environment
     */
    record Command(List<String> command, String workingDir, SortedMap<String, String> environment) implements Work {
        public Command {
            if (command.isEmpty()) {
                throw new IllegalArgumentException("the command is empty");
            }
            command = List.copyOf(command);
            environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
        }
    }
}
