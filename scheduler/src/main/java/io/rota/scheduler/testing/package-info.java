/**
 * For the tests of those who write tasks in Java: {@code TaskTrial} runs one, {@code SettableClock} is its time. Needs no
 * node, no cluster and no test framework. Rota itself does not use it.
 */
@NullMarked
package io.rota.scheduler.testing;

import org.jspecify.annotations.NullMarked;
