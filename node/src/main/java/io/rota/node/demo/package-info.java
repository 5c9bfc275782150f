/** A cluster of three real processes on loopback, to be looked at or to prove itself. */
@NullMarked
package io.rota.node.demo;

import org.jspecify.annotations.NullMarked;
