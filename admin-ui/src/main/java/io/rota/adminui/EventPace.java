package io.rota.adminui;

import java.time.Duration;

/**
 * How often an event stream speaks and how long it is borne with.
 *
 * @param betweenSnapshots least time between two snapshots; shorter costs browsers redraws, longer looks sluggish
 * @param heartbeat time between two heartbeats; a browser takes three missed ones for a lost connection
 * @param patience how long a client may take nothing before it is cut
 */
record EventPace(Duration betweenSnapshots, Duration heartbeat, Duration patience) {
    static final EventPace DEFAULT =
            new EventPace(Duration.ofMillis(333), Duration.ofSeconds(5), Duration.ofSeconds(10));
}
