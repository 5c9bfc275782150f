package io.rota.scheduler.cron;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads one expression, field by field. Used once, then thrown away. */
final class CronParser {
    private static final Pattern WORD = Pattern.compile("\\S+");
    private static final int WITHOUT_SECONDS = 5;
    private static final int WITH_SECONDS = 6;

    private final String text;
    private final String spreadKey;

    /** One field as written, and where it begins, counted from 1. */
    record Word(String text, int position) {}

    CronParser(String text, String spreadKey) {
        this.text = text;
        this.spreadKey = spreadKey;
    }

    CronExpression parse() {
        var words = words();
        int offset = words.size() == WITH_SECONDS ? 0 : 1;
        var seconds = offset == 0 ? field(CronField.SECOND, words.get(0)).values() : new CronValues(1, false);
        var minutes = field(CronField.MINUTE, words.get(1 - offset));
        var hours = field(CronField.HOUR, words.get(2 - offset));
        var monthDays = field(CronField.DAY_OF_MONTH, words.get(3 - offset));
        var months = field(CronField.MONTH, words.get(4 - offset));
        var weekDays = field(CronField.DAY_OF_WEEK, words.get(5 - offset));
        return new CronExpression(
                text,
                seconds,
                minutes.values(),
                hours.values(),
                new CronDays(
                        months.values(), monthDays.values(), monthDays.extra(), weekDays.values(), weekDays.extra()));
    }

    private List<Word> words() {
        var words = new ArrayList<Word>();
        var matcher = WORD.matcher(text);
        while (matcher.find()) {
            words.add(new Word(matcher.group(), matcher.start() + 1));
        }
        if (words.size() != WITHOUT_SECONDS && words.size() != WITH_SECONDS) {
            int place = words.size() > WITH_SECONDS ? words.get(WITH_SECONDS).position() : text.length() + 1;
            throw new CronSyntaxException(
                    place, "a cron expression has 5 fields, or 6 with seconds first, not " + words.size());
        }
        return words;
    }

    private CronFieldParser field(CronField field, Word word) {
        var parser = new CronFieldParser(field, spreadKey);
        int start = 0;
        while (start <= word.text().length()) {
            int comma = word.text().indexOf(',', start);
            int end = comma < 0 ? word.text().length() : comma;
            parser.add(new Word(word.text().substring(start, end), word.position() + start));
            start = end + 1;
        }
        return parser;
    }
}
