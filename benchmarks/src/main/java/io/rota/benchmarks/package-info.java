/** Measures the ring and sets it beside its peers. Run by scripts/bench; nothing imports it. */
@NullMarked
package io.rota.benchmarks;

import org.jspecify.annotations.NullMarked;
