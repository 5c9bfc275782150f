/** The peer API's transport: requests and answers over mutual TLS, which carries Hazelcast too. */
@NullMarked
package io.rota.node.peer;

import org.jspecify.annotations.NullMarked;
