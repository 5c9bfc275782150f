/** The shell around the engine: one thread that decides, the guard it drives, the history it keeps. */
@NullMarked
package io.rota.scheduler.run;

import org.jspecify.annotations.NullMarked;
