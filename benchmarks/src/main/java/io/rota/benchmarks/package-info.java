/** Measures the ring and the dispatch of runs, and sets them beside their peers. Run by scripts/bench; nothing imports it. */
@NullMarked
package io.rota.benchmarks;

import org.jspecify.annotations.NullMarked;
