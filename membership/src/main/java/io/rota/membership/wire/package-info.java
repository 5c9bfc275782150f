/** Messages to bytes and back, and the seal over them. Pure and bounded: malformed input is a value, never an exception. {@link io.rota.membership.wire.SealedBox} is public for the peer API. */
@NullMarked
package io.rota.membership.wire;

import org.jspecify.annotations.NullMarked;
