package io.rota.node.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Reads YAML into {@link Located} pieces. Refuses what is silently misunderstood elsewhere: duplicate keys, anchors,
 * aliases, tags, a second document. Not thread-safe; one use.
 */
final class YamlFile {
    private static final int MAX_DEPTH = 50;

    private final String file;
    private final List<Problem> problems;

    YamlFile(String file, List<Problem> problems) {
        this.file = file;
        this.problems = problems;
    }

    /** The top-level mapping, or null after a problem that leaves nothing to read. */
    Located.@Nullable Fields read(String text) {
        try (YAMLParser parser = new YAMLFactory().createParser(text)) {
            if (parser.nextToken() == null) {
                problems.add(new Problem(file, 1, 1, "the file is empty", "start from the example in README.md"));
                return null;
            }
            var top = read(parser, 0);
            if (parser.nextToken() != null) {
                problem(parser, "a second document begins here", "one document per file");
            }
            if (top instanceof Located.Fields fields) {
                return fields;
            }
            problems.add(new Problem(file, 1, 1, "expected keys and values, found " + top.kind(), ""));
        } catch (TooDeepException e) {
            problems.add(e.problem);
        } catch (JsonProcessingException e) {
            addSyntaxError(e);
        } catch (IOException e) {
            problems.add(new Problem(file, 1, 1, "cannot be read: " + e.getMessage(), ""));
        }
        return null;
    }

    /** Where the parser stopped, and what it stopped at, which is more than what it was about when it did. */
    private void addSyntaxError(JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        int line = at == null ? 1 : at.getLineNr();
        int column = at == null ? 1 : at.getColumnNr();
        var what = e.getOriginalMessage().lines().findFirst().orElse("not YAML");
        if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            line = marked.getProblemMark().getLine() + 1;
            column = marked.getProblemMark().getColumn() + 1;
            what = marked.getProblem();
        }
        problems.add(new Problem(
                file,
                Math.max(1, line),
                Math.max(1, column),
                "not valid YAML: " + what,
                "check indentation and quotes"));
    }

    /** Ends the reading: whoever nests that deep means harm, or has lost count. */
    private static final class TooDeepException extends IOException {
        private static final long serialVersionUID = 1L;
        private final transient Problem problem;

        TooDeepException(Problem problem) {
            super(problem.message());
            this.problem = problem;
        }
    }

    private Located read(YAMLParser parser, int depth) throws IOException {
        int line = parser.currentTokenLocation().getLineNr();
        int column = parser.currentTokenLocation().getColumnNr();
        if (depth > MAX_DEPTH) {
            throw new TooDeepException(
                    new Problem(file, line, column, "nested deeper than " + MAX_DEPTH + " levels", ""));
        }
        refuseTricks(parser);
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return fields(parser, depth, line, column);
        }
        if (token == JsonToken.START_ARRAY) {
            var items = new ArrayList<Located>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(read(parser, depth + 1));
            }
            return new Located.Items(items, line, column);
        }
        var text = token == JsonToken.VALUE_NULL ? "" : parser.getText();
        if (text.indexOf('\0') >= 0) {
            problem(parser, "the text holds a NUL character", "no program can be given one");
        }
        return new Located.Scalar(text, line, column);
    }

    private Located.Fields fields(YAMLParser parser, int depth, int line, int column) throws IOException {
        var fields = new LinkedHashMap<String, Located.Field>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var key = parser.currentName();
            int keyLine = parser.currentTokenLocation().getLineNr();
            int keyColumn = parser.currentTokenLocation().getColumnNr();
            parser.nextToken();
            var field = new Located.Field(read(parser, depth + 1), keyLine, keyColumn);
            var earlier = fields.putIfAbsent(key, field);
            if (earlier != null) {
                problems.add(new Problem(
                        file,
                        keyLine,
                        keyColumn,
                        "\"" + key + "\" stands here for the second time",
                        "the first one is in line " + earlier.line()));
            }
        }
        return new Located.Fields(fields, line, column);
    }

    private void refuseTricks(YAMLParser parser) throws IOException {
        if (parser.isCurrentAlias() || parser.getObjectId() != null) {
            problem(parser, "anchors and aliases are not supported", "write the value out");
        }
        if (parser.getTypeId() != null) {
            problem(parser, "tags are not supported", "remove the !tag");
        }
    }

    private void problem(YAMLParser parser, String message, String hint) {
        var at = parser.currentTokenLocation();
        problems.add(new Problem(file, at.getLineNr(), at.getColumnNr(), message, hint));
    }
}
