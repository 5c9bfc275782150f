/**
 * The JSON of the admin API: one record per resource, each made by {@code from(view)}, and the only place that knows
 * Jackson. Names are camelCase, enum values lower case, instants RFC 3339 in UTC, measured values carry their unit.
 * Imported by {@code io.rota.adminui} and its client alone.
 */
@NullMarked
package io.rota.adminui.json;

import org.jspecify.annotations.NullMarked;
