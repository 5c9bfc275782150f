/** Threads that never die silently. Imported by every package that does I/O; imports none of them. */
@NullMarked
package io.rota.scheduler.loop;

import org.jspecify.annotations.NullMarked;
