/** Who a node is to the others: its certificate under the cluster key, and TLS that accepts no other kind. */
@NullMarked
package io.rota.node.tls;

import org.jspecify.annotations.NullMarked;
