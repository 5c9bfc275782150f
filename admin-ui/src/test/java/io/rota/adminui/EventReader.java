package io.rota.adminui;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Reads an event stream as a browser does; comments are kept, so that a test can see them. */
final class EventReader implements AutoCloseable {
    final HttpResponse<InputStream> response;
    private final BufferedReader lines;

    /** One frame of the stream. */
    record Event(String name, String id, String comment, String payload) {
        static final Event END = new Event("end", "", "", "");
    }

    EventReader(HttpResponse<InputStream> response) {
        this.response = response;
        this.lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    /** The next frame, or {@link Event#END} when the server ended the stream. */
    Event next() throws IOException {
        var name = "";
        var id = "";
        var comment = "";
        var payload = "";
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty()) {
                return new Event(name, id, comment, payload);
            } else if (line.startsWith(":")) {
                comment = line.substring(1).strip();
            } else if (line.startsWith("event: ")) {
                name = line.substring(7);
            } else if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("data: ")) {
                payload = line.substring(6);
            }
        }
        return Event.END;
    }

    /** The next frame of that name. */
    Event next(String name) throws IOException {
        var event = next();
        while (!event.name().equals(name) && !event.equals(Event.END)) {
            event = next();
        }
        return event;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
