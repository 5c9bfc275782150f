/** How a Rota process starts another one of the same build. */
@NullMarked
package io.rota.node.jvm;

import org.jspecify.annotations.NullMarked;
