package io.rota.scheduler.cron;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The instants that a cron expression means in a time zone. Every node with the same zone data computes the same ones,
 * without history. Immutable.
 *
 * @param expression local times
 * @param zone where they are local
 * @param dst what happens to fixed times where the clocks are changed
 */
public record CronTimes(CronExpression expression, ZoneId zone, DstRule dst) {
    /** No instant: the expression does not come again. */
    public static final long NEVER = Long.MAX_VALUE;

    /**
     * Reads an expression.
     *
     * @param spreadKey what H spreads by, the task's name
     * @throws CronSyntaxException with reason and place
     */
    public static CronTimes parse(String text, String spreadKey, ZoneId zone, DstRule dst) {
        return new CronTimes(CronExpression.parse(text, spreadKey), zone, dst);
    }

    /** The first instant strictly after the given one, both in epoch milliseconds; {@link #NEVER} if there is none. */
    public long nextAfter(long wallMillis) {
        var rules = zone.getRules();
        var from = Instant.ofEpochSecond(Math.floorDiv(wallMillis, 1000) + 1);
        var change = rules.previousTransition(from.plusNanos(1));
        // From one change of the clocks to the next the offset is constant, and local times are simply shifted.
        while (true) {
            if (change != null && change.getInstant().equals(from) && isDueAfterGap(change)) {
                return from.toEpochMilli();
            }
            var offset = rules.getOffset(from);
            var local = expression.atOrAfter(firstFresh(from, offset, change));
            if (local == null) {
                return NEVER;
            }
            change = rules.nextTransition(from);
            var instant = local.toInstant(offset);
            if (change == null || instant.isBefore(change.getInstant())) {
                return instant.toEpochMilli();
            }
            from = change.getInstant();
        }
    }

    /** True if a fixed time lies in the local times that this change leaps over. */
    private boolean isDueAfterGap(ZoneOffsetTransition change) {
        if (!change.isGap() || !dst.runsAfterGap() || !expression.isFixedTime()) {
            return false;
        }
        var local = expression.atOrAfter(change.getDateTimeBefore());
        return local != null && local.isBefore(change.getDateTimeAfter());
    }

    /** The local time at this instant, or the first after it that the clocks do not show for the second time. */
    private LocalDateTime firstFresh(Instant from, ZoneOffset offset, @Nullable ZoneOffsetTransition change) {
        var local = LocalDateTime.ofInstant(from, offset);
        if (change == null || !change.isOverlap() || !expression.isFixedTime() || dst.repeatsInOverlap()) {
            return local;
        }
        return local.isBefore(change.getDateTimeBefore()) ? change.getDateTimeBefore() : local;
    }

    /** For people, and part of a task's fingerprint. */
    public String inWords() {
        return "cron " + expression.text() + " in " + zone.getId()
                + (dst == DstRule.ONCE ? "" : ", dst " + dst.name().toLowerCase(Locale.ROOT));
    }
}
