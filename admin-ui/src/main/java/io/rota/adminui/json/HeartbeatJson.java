package io.rota.adminui.json;

import io.rota.scheduler.view.ClusterView;

/** Payload of the {@code heartbeat} event: the stream is alive, nothing but the clock has moved since the snapshot. */
public record HeartbeatJson(String asOf, long leaseRemainingMillis) {

    /** The moving part of a cluster view. */
    public static HeartbeatJson from(ClusterView view) {
        return new HeartbeatJson(view.asOf().toString(), view.arbitration().leaseRemainingMillis());
    }
}
