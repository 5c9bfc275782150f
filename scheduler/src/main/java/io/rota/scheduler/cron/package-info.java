/** Cron expressions and the instants they mean in a time zone. Pure and free of every other part of the scheduler; start at {@code CronTimes}. Anyone may import it. */
@NullMarked
package io.rota.scheduler.cron;

import org.jspecify.annotations.NullMarked;
