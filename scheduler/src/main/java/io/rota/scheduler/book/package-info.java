/** Books that survive a restart and a power cut: the rules of {@code arbitration} over an SQLite file, committed in groups. */
@NullMarked
package io.rota.scheduler.book;

import org.jspecify.annotations.NullMarked;
