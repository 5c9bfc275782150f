/** main() and its commands, and the wiring of a node. Imports every other module; nothing imports it. */
@NullMarked
package io.rota.node;

import org.jspecify.annotations.NullMarked;
