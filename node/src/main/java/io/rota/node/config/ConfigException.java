package io.rota.node.config;

import java.util.List;
import java.util.stream.Collectors;

/** The config file cannot be used; nothing was started. Holds every problem that was found, in the order of the file. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public ConfigException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
