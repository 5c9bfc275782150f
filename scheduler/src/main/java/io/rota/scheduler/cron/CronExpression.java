package io.rota.scheduler.cron;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * A cron expression: which local times it admits, without any time zone. Five fields (minute, hour, day of month, month,
 * day of week) or six with seconds first. It means what Unix cron means by it, extended by L, # and H; {@code ?}, W and
 * years are refused, and so is an expression that never comes. Immutable.
 *
 * @param text as written
 * @param seconds seconds admitted; 0 alone with five fields
 * @param minutes minutes admitted
 * @param hours hours admitted
 * @param days days admitted
 */
record CronExpression(String text, CronValues seconds, CronValues minutes, CronValues hours, CronDays days) {

    /**
     * Reads an expression.
     *
     * @param spreadKey what H spreads by: equal keys give equal times
     * @throws CronSyntaxException with reason and place
     */
    static CronExpression parse(String text, String spreadKey) {
        var expression = new CronParser(text, spreadKey).parse();
        if (expression.days().atOrAfter(LocalDate.EPOCH) == null) {
            throw new CronSyntaxException(1, "\"" + text + "\" never comes: no month has such a day");
        }
        return expression;
    }

    /** True if second, minute and hour are all fixed: such times mean the clock on the wall, others elapsed time. */
    boolean isFixedTime() {
        return !seconds.wildcard() && !minutes.wildcard() && !hours.wildcard();
    }

    /** The first admitted local time that is not before this one, which is on a whole second; null if there is none. */
    @Nullable
    LocalDateTime atOrAfter(LocalDateTime from) {
        var day = days.atOrAfter(from.toLocalDate());
        if (day != null && day.equals(from.toLocalDate())) {
            var time = timeAtOrAfter(from.toLocalTime());
            if (time != null) {
                return day.atTime(time);
            }
            day = days.atOrAfter(day.plusDays(1));
        }
        return day == null ? null : day.atTime(hours.first(), minutes.first(), seconds.first());
    }

    private @Nullable LocalTime timeAtOrAfter(LocalTime from) {
        int hour = hours.atOrAfter(from.getHour());
        if (hour == from.getHour()) {
            int minute = minutes.atOrAfter(from.getMinute());
            if (minute == from.getMinute()) {
                int second = seconds.atOrAfter(from.getSecond());
                if (second >= 0) {
                    return LocalTime.of(hour, minute, second);
                }
                minute = minutes.atOrAfter(minute + 1);
            }
            if (minute >= 0) {
                return LocalTime.of(hour, minute, seconds.first());
            }
            hour = hours.atOrAfter(hour + 1);
        }
        return hour < 0 ? null : LocalTime.of(hour, minutes.first(), seconds.first());
    }
}
