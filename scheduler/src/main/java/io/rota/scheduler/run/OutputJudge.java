package io.rota.scheduler.run;

import io.rota.scheduler.OutputRule;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Holds the output of one run against its rule, line by line as it comes. Of a line the first 4096 characters count. A
 * pattern that takes more than 200,000 steps on one line is given up, and the run counts as failed: an expression that
 * never ends must not hold up the node. Not thread-safe.
 */
final class OutputJudge {
    static final int LINE_CHARS = 4096;
    static final int LINE_STEPS = 200_000;

    private final OutputRule rule;
    private final Optional<Pattern> matches;
    private final Optional<Pattern> notMatches;
    private final StringBuilder line = new StringBuilder();
    private boolean found;
    private String flaw = "";

    OutputJudge(OutputRule rule) {
        this.rule = rule;
        this.matches = compiled(rule.matches());
        this.notMatches = compiled(rule.notMatches());
    }

    /** To look for anything at all before a match costs much time on a long line, and changes nothing. */
    private static Optional<Pattern> compiled(String pattern) {
        return pattern.isEmpty()
                ? Optional.empty()
                : Optional.of(Pattern.compile(pattern.replaceFirst("^\\.\\*(?![?+*{|])", "")));
    }

    /** The next piece of output. */
    void read(String text) {
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            take(text, from, end);
            judgeLine();
            from = end + 1;
        }
        take(text, from, text.length());
    }

    private void take(String text, int from, int end) {
        line.append(text, from, Math.min(end, from + LINE_CHARS - line.length()));
    }

    private void judgeLine() {
        int length = line.length();
        if (length > 0 && line.charAt(length - 1) == '\r') {
            line.setLength(length - 1);
        }
        if (flaw.isEmpty() && notMatches.isPresent() && holds(notMatches.get())) {
            flaw = "a line of the output matches output_not_matches: " + rule.notMatches();
        }
        if (flaw.isEmpty() && !found && matches.isPresent()) {
            found = holds(matches.get());
        }
        line.setLength(0);
    }

    private boolean holds(Pattern pattern) {
        try {
            return pattern.matcher(new Counted(line)).find();
        } catch (TooManySteps | StackOverflowError e) {
            flaw = "a pattern takes too long on a line of the output: " + pattern;
            return false;
        }
    }

    /** Why the run is no success, once all its output has been read; empty if it is one. */
    String flaw() {
        if (line.length() > 0) {
            judgeLine();
        }
        boolean missed = flaw.isEmpty() && matches.isPresent() && !found;
        return missed ? "no line of the output matches output_matches: " + rule.matches() : flaw;
    }

    private static final class TooManySteps extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooManySteps() {
            super("too many steps", null, false, false);
        }
    }

    /** A line that lets itself be looked at so many times: the engine of the expressions knows no other limit. */
    private static final class Counted implements CharSequence {
        private final CharSequence text;
        private int steps;

        Counted(CharSequence text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            if (++steps > LINE_STEPS) {
                throw new TooManySteps();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
