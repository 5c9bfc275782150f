/** The protocol as a pure core: inputs are (nowNanos, message, timer or command), outputs are effects. Knows no clock, socket, thread or logger; imported by {@code wire}, {@code net} and the simulator only. */
@NullMarked
package io.rota.membership.protocol;

import org.jspecify.annotations.NullMarked;
