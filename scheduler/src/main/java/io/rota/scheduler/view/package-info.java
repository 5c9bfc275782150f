/** The read model: immutable snapshots for the admin UI, the API and the CLI. Takes no lock and decides nothing. */
@NullMarked
package io.rota.scheduler.view;

import org.jspecify.annotations.NullMarked;
