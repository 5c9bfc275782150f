/** Messages to bytes and back, and the seal over them. Pure and bounded: malformed input is a value, never an exception. */
@NullMarked
package io.rota.membership.wire;

import org.jspecify.annotations.NullMarked;
