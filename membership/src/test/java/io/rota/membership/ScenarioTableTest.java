package io.rota.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of scenarios in docs/membership.md: complete, and each test that it names is there. */
class ScenarioTableTest {

    private static final int SCENARIOS = 55;
    private static final Pattern ROW = Pattern.compile("\\| ([0-9, ]+) \\| (.+) \\| (.+) \\|");
    private static final Pattern NAME = Pattern.compile("`([A-Za-z]+)(?:\\.([A-Za-z]+))?`");
    private static final Pattern REASON = Pattern.compile("do(es)? not apply[:;]|replaced:");

    @Test
    void everyScenarioStandsThereOnce() throws IOException {
        List<Integer> numbers = rows().stream()
                .flatMap(row -> Pattern.compile(",").splitAsStream(row.group(1)))
                .map(number -> Integer.valueOf(number.strip()))
                .sorted()
                .toList();

        assertThat(numbers)
                .isEqualTo(IntStream.rangeClosed(1, SCENARIOS).boxed().toList());
    }

    @Test
    void everyScenarioHasATestOrAReason() throws IOException {
        assertThat(rows())
                .allSatisfy(row -> assertThat(tests(row.group(3)).isEmpty()
                                && !REASON.matcher(row.group(3)).find())
                        .as(row.group())
                        .isFalse());
    }

    @Test
    void everyNamedTestExists() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Matcher row : rows()) {
            for (String test : tests(row.group(3))) {
                if (!exists(test)) {
                    missing.add(row.group(1) + ": " + test);
                }
            }
        }

        assertThat(missing).isEmpty();
        assertThat(exists("ScenarioTableTest.noSuchTest")).isFalse();
    }

    private static List<Matcher> rows() throws IOException {
        List<Matcher> rows = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("../docs/membership.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                rows.add(row);
            }
        }
        return rows;
    }

    /** Class, or class and method. */
    private static List<String> tests(String cell) {
        List<String> tests = new ArrayList<>();
        Matcher name = NAME.matcher(cell);
        while (name.find()) {
            if (name.group(1).matches("[A-Z].*")) {
                tests.add(name.group(2) == null ? name.group(1) : name.group(1) + "." + name.group(2));
            }
        }
        return tests;
    }

    private static boolean exists(String test) throws IOException {
        int dot = test.indexOf('.');
        String type = dot < 0 ? test : test.substring(0, dot);
        String method = dot < 0 ? "class " + type : "void " + test.substring(dot + 1) + "(";
        Set<String> sources = new HashSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            for (Path file : files.collect(Collectors.toList())) {
                if (file.getFileName().toString().equals(type + ".java")) {
                    sources.add(Files.readString(file));
                }
            }
        }
        return sources.stream().anyMatch(text -> text.contains(method));
    }
}
