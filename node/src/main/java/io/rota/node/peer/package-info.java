/** The peer API's transport: sealed request and answer over HTTP. */
@NullMarked
package io.rota.node.peer;

import org.jspecify.annotations.NullMarked;
