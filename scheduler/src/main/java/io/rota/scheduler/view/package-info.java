/**
 * What the outside sees of a node: the read model ({@link SchedulerQueries}), immutable snapshots for the admin UI, the API
 * and the CLI, and the one door for commands ({@link SchedulerCommands}). Takes no lock and decides nothing.
 */
@NullMarked
package io.rota.scheduler.view;

import org.jspecify.annotations.NullMarked;
