/** Tasks, their definitions and the states of their runs: the words every other package speaks. */
@NullMarked
package io.rota.scheduler;

import org.jspecify.annotations.NullMarked;
