/**
 * The admin server: REST API, live events and the web page of one node. It shows and asks, it never decides: everything
 * it says comes from {@link io.rota.scheduler.view.SchedulerQueries}. Entry point: {@link io.rota.adminui.AdminServer}.
 * Only the node module imports it.
 */
@NullMarked
package io.rota.adminui;

import org.jspecify.annotations.NullMarked;
