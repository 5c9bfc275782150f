/** The rules of one node: which of its tasks to ask for, claim, start and stop. Pure: time comes in as a value, work goes out as effects; no clock, thread, socket or logger. */
@NullMarked
package io.rota.scheduler.engine;

import org.jspecify.annotations.NullMarked;
