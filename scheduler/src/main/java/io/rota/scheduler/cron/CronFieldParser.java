package io.rota.scheduler.cron;

import io.rota.hashing.XxHash64;
import io.rota.scheduler.cron.CronParser.Word;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gathers what the parts of one field admit: single values, ranges, steps, names, L, # and H. */
final class CronFieldParser {
    private static final String VALUE = "([0-9]{1,4}|[A-Za-z]{3})";
    private static final Pattern RANGE =
            Pattern.compile("(?:(\\*)|" + VALUE + "(?:-" + VALUE + ")?)(?:/([0-9]{1,4}))?");
    private static final Pattern SPREAD = Pattern.compile("H(?:\\(" + VALUE + "-" + VALUE + "\\))?(?:/([0-9]{1,4}))?");
    private static final Pattern LAST_DAY = Pattern.compile("L(?:-([0-9]{1,4}))?");
    private static final Pattern LAST_WEEK_DAY = Pattern.compile(VALUE + "L");
    private static final Pattern NTH_WEEK_DAY = Pattern.compile(VALUE + "#([0-9]{1,4})");
    private static final int MOST_OF_ONE_WEEK_DAY = 5;
    private static final int MAX_BEFORE_END = 30;
    private static final int WEEK = 7;

    private final CronField field;
    private final String spreadKey;
    private long bits;
    private long extra;
    private boolean wildcard;

    CronFieldParser(CronField field, String spreadKey) {
        this.field = field;
        this.spreadKey = spreadKey;
    }

    /**
     * What the field admits by number. A day field is a wildcard only as a bare {@code *}: with a step it restricts. A time
     * field is one also with a step, since both mean elapsed time.
     */
    CronValues values() {
        boolean all = Long.bitCount(bits) == field.max() - field.min() + 1;
        boolean day = field == CronField.DAY_OF_MONTH || field == CronField.DAY_OF_WEEK;
        return new CronValues(bits, wildcard && (all || !day));
    }

    /** What a day field admits by L and #: bits as in {@link CronDays}. */
    long extra() {
        return extra;
    }

    void add(Word part) {
        var range = RANGE.matcher(part.text());
        var spread = SPREAD.matcher(part.text());
        if (spread.matches()) {
            addSpread(part, spread);
        } else if (range.matches()) {
            addRange(part, range);
        } else if (!(field == CronField.DAY_OF_MONTH && addLastDay(part))
                && !(field == CronField.DAY_OF_WEEK && addNthWeekDay(part))) {
            throw new CronSyntaxException(part.position(), whyNot(part.text()));
        }
    }

    private String whyNot(String part) {
        if (part.isEmpty()) {
            return field.word() + " has an empty part";
        }
        if (part.equals("?")) {
            return "? is not used here: write * in " + field.word();
        }
        if (part.endsWith("W")) {
            return "\"" + part + "\": the nearest working day (W) is not supported";
        }
        return "\"" + part + "\" is no value of " + field.word();
    }

    private void addRange(Word part, Matcher match) {
        boolean star = match.group(1) != null;
        boolean stepped = match.group(4) != null;
        int step = stepped ? step(part, match.group(4)) : 1;
        if (star) {
            wildcard = true;
            fill(field.min(), field.max(), step);
            return;
        }
        int from = value(part, match.group(2));
        if (match.group(3) != null) {
            int to = value(part, match.group(3));
            // SAT-SUN: the name of Sunday at the end of a range is the seventh day.
            fillRange(part, from, field == CronField.DAY_OF_WEEK && to == 0 && from > 0 ? WEEK : to, step);
        } else {
            fill(from, stepped ? field.max() : from, step);
        }
    }

    private void fillRange(Word part, int from, int to, int step) {
        if (from > to) {
            throw new CronSyntaxException(
                    part.position(), "the range \"" + part.text() + "\" of " + field.word() + " runs backwards");
        }
        fill(from, to, step);
    }

    private void addSpread(Word part, Matcher match) {
        boolean ranged = match.group(1) != null;
        int from = ranged ? value(part, match.group(1)) : field.min();
        int to = ranged ? value(part, match.group(2)) : field.maxSpread();
        if (from > to) {
            throw new CronSyntaxException(part.position(), "the range of \"" + part.text() + "\" runs backwards");
        }
        int count = to - from + 1;
        if (match.group(3) == null) {
            int chosen = from + hash(count);
            fill(chosen, chosen, 1);
        } else {
            int step = Math.min(step(part, match.group(3)), count);
            wildcard |= !ranged && field.compareTo(CronField.HOUR) <= 0;
            fill(from + hash(step), to, step);
        }
    }

    private boolean addLastDay(Word part) {
        var match = LAST_DAY.matcher(part.text());
        if (!match.matches()) {
            return false;
        }
        int before = match.group(1) == null ? 0 : Integer.parseInt(match.group(1));
        if (before > MAX_BEFORE_END) {
            throw new CronSyntaxException(part.position(), "no month has a day \"" + part.text() + "\"");
        }
        extra |= 1L << before;
        return true;
    }

    private boolean addNthWeekDay(Word part) {
        var last = LAST_WEEK_DAY.matcher(part.text());
        var nth = NTH_WEEK_DAY.matcher(part.text());
        if (last.matches()) {
            extra |= weekDayBit(value(part, last.group(1)), 0);
            return true;
        }
        if (!nth.matches()) {
            return false;
        }
        int count = Integer.parseInt(nth.group(2));
        if (count < 1 || count > MOST_OF_ONE_WEEK_DAY) {
            throw new CronSyntaxException(part.position(), "\"" + part.text() + "\": # is followed by 1 to 5");
        }
        extra |= weekDayBit(value(part, nth.group(1)), count);
        return true;
    }

    private static long weekDayBit(int weekDay, int nth) {
        return 1L << ((weekDay % WEEK) * CronDays.PER_WEEK_DAY + nth);
    }

    private void fill(int from, int to, int step) {
        for (int value = from; value <= to; value += step) {
            bits |= 1L << (field == CronField.DAY_OF_WEEK ? value % WEEK : value);
        }
    }

    private int value(Word part, String written) {
        if (Character.isLetter(written.charAt(0))) {
            int named = field.named(written);
            if (named < 0) {
                throw new CronSyntaxException(part.position(), "\"" + written + "\" is no value of " + field.word());
            }
            return named;
        }
        int value = Integer.parseInt(written);
        if (value < field.min() || value > field.maxWritten()) {
            throw new CronSyntaxException(
                    part.position(),
                    written + " is not within " + field.min() + "-" + field.maxWritten() + " of " + field.word());
        }
        return value;
    }

    private int step(Word part, String written) {
        int step = Integer.parseInt(written);
        if (step < 1 || step > field.max()) {
            throw new CronSyntaxException(
                    part.position(), "the step " + written + " is not within 1-" + field.max() + " of " + field.word());
        }
        return step;
    }

    private int hash(int bound) {
        return (int) Long.remainderUnsigned(XxHash64.hash(spreadKey + "/" + field.name()), bound);
    }
}
