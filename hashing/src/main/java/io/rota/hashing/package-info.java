/** The ring: who should own which task, as pure functions of the set of members and tasks. Imports the JDK only; imported by the scheduler. */
@NullMarked
package io.rota.hashing;

import org.jspecify.annotations.NullMarked;
