/** The checks: pure functions from a history to a verdict. */
@NullMarked
package io.rota.torture.check;

import org.jspecify.annotations.NullMarked;
