/** The other end of the admin API, for the CLI: one small client. Imported by {@code io.rota.node}. */
@NullMarked
package io.rota.adminui.client;

import org.jspecify.annotations.NullMarked;
