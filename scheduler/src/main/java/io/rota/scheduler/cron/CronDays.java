package io.rota.scheduler.cron;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The days that an expression admits, as Unix means it: if both day fields are restricted a day need match only one of
 * them. Immutable.
 *
 * @param months months admitted
 * @param monthDays days of the month admitted by number
 * @param daysBeforeEnd bit n is set if the day n days before the last of the month is admitted
 * @param weekDays days of the week admitted in every week, Sunday is 0
 * @param nthWeekDays bit (day of the week * 6 + n) is set if its nth occurrence in the month is admitted; n = 0 means the
 *     last
 */
record CronDays(CronValues months, CronValues monthDays, long daysBeforeEnd, CronValues weekDays, long nthWeekDays) {
    /** Bits per day of the week in {@link #nthWeekDays}: its last occurrence and five counted ones. */
    static final int PER_WEEK_DAY = 6;

    private static final int WEEK = 7;
    /** The calendar repeats itself after this; what has not come by then never comes. */
    private static final int CALENDAR_YEARS = 400;

    /** The first admitted day that is not before this one; null if there is none, ever. */
    @Nullable
    LocalDate atOrAfter(LocalDate from) {
        var end = from.plusYears(CALENDAR_YEARS);
        var day = from;
        while (!day.isAfter(end)) {
            if (!months.contains(day.getMonthValue())) {
                day = day.withDayOfMonth(1).plusMonths(1);
            } else if (admits(day)) {
                return day;
            } else {
                day = day.plusDays(1);
            }
        }
        return null;
    }

    private boolean admits(LocalDate day) {
        if (monthDays.wildcard()) {
            return weekDays.wildcard() || admitsByWeek(day);
        }
        return admitsByMonth(day) || (!weekDays.wildcard() && admitsByWeek(day));
    }

    private boolean admitsByMonth(LocalDate day) {
        int beforeEnd = day.lengthOfMonth() - day.getDayOfMonth();
        return monthDays.contains(day.getDayOfMonth()) || ((daysBeforeEnd >>> beforeEnd) & 1) != 0;
    }

    private boolean admitsByWeek(LocalDate day) {
        int weekDay = day.getDayOfWeek().getValue() % WEEK;
        int nth = (day.getDayOfMonth() - 1) / WEEK + 1;
        boolean last = day.getDayOfMonth() + WEEK > day.lengthOfMonth();
        return weekDays.contains(weekDay) || isNth(weekDay, nth) || (last && isNth(weekDay, 0));
    }

    private boolean isNth(int weekDay, int nth) {
        return ((nthWeekDays >>> (weekDay * PER_WEEK_DAY + nth)) & 1) != 0;
    }
}
