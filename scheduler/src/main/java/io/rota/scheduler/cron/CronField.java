package io.rota.scheduler.cron;

import java.util.Locale;

/** The fields of an expression, in the order in which they are written. */
enum CronField {
    SECOND(0, 59, ""),
    MINUTE(0, 59, ""),
    HOUR(0, 23, ""),
    DAY_OF_MONTH(1, 31, ""),
    MONTH(1, 12, "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC"),
    /** 0 is Sunday; 7 is accepted for it too. */
    DAY_OF_WEEK(0, 6, "SUN MON TUE WED THU FRI SAT");

    /** Names have three letters and a space. */
    private static final int NAME_STEP = 4;

    private static final int LAST_DAY_OF_EVERY_MONTH = 28;

    private final int min;
    private final int max;
    private final String names;

    CronField(int min, int max, String names) {
        this.min = min;
        this.max = max;
        this.names = names;
    }

    int min() {
        return min;
    }

    int max() {
        return max;
    }

    /** Greatest number that may be written: Sunday is 0 and 7. */
    int maxWritten() {
        return this == DAY_OF_WEEK ? 7 : max;
    }

    /** Greatest value that H may choose, so that a task spread by it is due in every month. */
    int maxSpread() {
        return this == DAY_OF_MONTH ? LAST_DAY_OF_EVERY_MONTH : max;
    }

    /** The value of a name, -1 if it is none. */
    int named(String name) {
        int index = names.indexOf(name.toUpperCase(Locale.ROOT));
        return index < 0 ? -1 : index / NAME_STEP + min;
    }

    /** The word for a person. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
