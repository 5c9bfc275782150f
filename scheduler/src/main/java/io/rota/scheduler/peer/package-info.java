/** What nodes say to each other beside gossip: request and answer values and their bounded binary form. The transport lives in the node module. */
@NullMarked
package io.rota.scheduler.peer;

import org.jspecify.annotations.NullMarked;
