package io.rota.node.config;

import io.rota.scheduler.Params;
import io.rota.scheduler.Placeholders;
import io.rota.scheduler.Schedule;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Reads what an order may set, and checks where the command uses it. */
final class ParamsSection {
    private final Section section;
    private final Schedule schedule;

    ParamsSection(Section section, Schedule schedule) {
        this.section = section;
        this.schedule = schedule;
    }

    Params read(List<String> command) {
        var params = section.has("params")
                ? section.section("params").map(this::declared).orElse(Params.NONE)
                : Params.NONE;
        check(command, params);
        return params;
    }

    private Params declared(Section given) {
        if (schedule instanceof Schedule.Service) {
            section.problemAtKey(
                    "params", "params are for tasks that are ordered; this is a service", "remove it or add schedule");
            return Params.NONE;
        }
        if (given.keys().size() > Params.MOST) {
            section.problemAtKey("params", "params: more than " + Params.MOST, "pass a file instead");
            return Params.NONE;
        }
        var declared = new TreeMap<String, Params.Param>();
        for (var name : given.keys()) {
            if (!Params.isValidName(name)) {
                given.problemAtKey(
                        name, "param name \"" + name + "\" is not valid", "a-z, 0-9, underscore; at most 32");
            }
            given.section(name)
                    .ifPresent(param -> read(name, param)
                            .filter(read -> Params.isValidName(name))
                            .ifPresent(read -> declared.put(name, read)));
        }
        return new Params(declared);
    }

    private Optional<Params.Param> read(String name, Section param) {
        Optional<String> otherwise = param.has("default") ? param.text("default") : Optional.empty();
        var pattern = param.has("pattern") ? param.script("pattern").orElse("") : "";
        param.end();
        if (otherwise.isEmpty() && !(schedule instanceof Schedule.Manual)) {
            param.problemAt(
                    "default",
                    "param " + name + " has no default, and nobody gives it a value when the task falls due by itself",
                    "add default, or make it schedule: manual");
            otherwise = Optional.of("");
        }
        try {
            return Optional.of(new Params.Param(otherwise, pattern));
        } catch (IllegalArgumentException e) {
            boolean ofPattern = String.valueOf(e.getMessage()).startsWith("pattern");
            param.problemAt(
                    ofPattern ? "pattern" : "default",
                    String.valueOf(e.getMessage()),
                    ofPattern ? "a regular expression as java.util.regex reads it" : "let pattern allow the default");
            return Optional.empty();
        }
    }

    private void check(List<String> command, Params params) {
        var key = section.has("run") ? "run" : "command";
        for (var placeholder : Placeholders.misplacedIn(command)) {
            section.problemAt(
                    key,
                    "{" + placeholder + "} would put a value of an order into code",
                    "use it as an argument of its own, or $" + variable(placeholder) + " in a script");
        }
        for (var placeholder : Placeholders.in(command)) {
            var name = placeholder.substring("param.".length());
            if (!params.declared().containsKey(name)) {
                section.problemAt(
                        key,
                        "{" + placeholder + "} names no param of this task",
                        Suggestions.didYouMean(name, params.declared().keySet()));
            }
        }
    }

    private static String variable(String placeholder) {
        return "ROTA_" + placeholder.replace('.', '_').toUpperCase(java.util.Locale.ROOT);
    }
}
