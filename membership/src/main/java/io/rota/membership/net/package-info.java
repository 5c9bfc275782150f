/** The thin I/O shell: one thread, one selector, UDP and TCP. It feeds the core and obeys its effects; it decides nothing. */
@NullMarked
package io.rota.membership.net;

import org.jspecify.annotations.NullMarked;
