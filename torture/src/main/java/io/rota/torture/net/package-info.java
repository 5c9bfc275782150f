/** Where the nodes live: network namespaces with a switch that drops what it is told to, or plain loopback. */
@NullMarked
package io.rota.torture.net;

import org.jspecify.annotations.NullMarked;
