package io.rota.adminui;

import io.rota.adminui.json.HeartbeatJson;
import io.rota.adminui.json.Json;
import io.rota.adminui.json.SnapshotJson;
import java.nio.charset.StandardCharsets;

/** Frames of the event stream as bytes; the JSON never holds a line break, so each payload is one line. */
final class EventFrame {

    private EventFrame() {}

    static byte[] snapshot(long sequence, SnapshotJson snapshot) {
        return frame("id: " + sequence + "\nevent: snapshot\ndata: ", Json.bytes(snapshot));
    }

    /** A comment for proxies and people, an event for the page, which cannot see comments. */
    static byte[] heartbeat(HeartbeatJson heartbeat) {
        return frame(": still here\nevent: heartbeat\ndata: ", Json.bytes(heartbeat));
    }

    private static byte[] frame(String head, byte[] json) {
        var start = head.getBytes(StandardCharsets.UTF_8);
        var frame = new byte[start.length + json.length + 2];
        System.arraycopy(start, 0, frame, 0, start.length);
        System.arraycopy(json, 0, frame, start.length, json.length);
        frame[frame.length - 2] = '\n';
        frame[frame.length - 1] = '\n';
        return frame;
    }
}
