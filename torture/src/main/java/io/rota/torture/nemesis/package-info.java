/** Faults: what they are, how a seed becomes a timeline of them, and how they are carried out. */
@NullMarked
package io.rota.torture.nemesis;

import org.jspecify.annotations.NullMarked;
