package io.rota.adminui;

import io.javalin.http.Context;
import io.javalin.http.NotAcceptableResponse;
import io.javalin.http.ServiceUnavailableResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;

/** {@code GET /api/v1/events}: turns a request into an {@link EventStream} and hands it to the hub. */
final class EventRequest {

    private EventRequest() {}

    static void open(Context ctx, EventHub hub) {
        var accept = ctx.header("Accept");
        if (accept == null || !accept.contains("text/event-stream")) {
            throw new NotAcceptableResponse("This is an event stream: ask for it with 'Accept: text/event-stream'.");
        }
        if (!hub.hasRoom()) {
            ctx.header("Retry-After", "5");
            throw new ServiceUnavailableResponse("Too many event streams are open on this node.");
        }
        ctx.contentType("text/event-stream; charset=utf-8");
        ctx.header("X-Accel-Buffering", "no");
        Request request = ServletContextRequest.getServletContextRequest(ctx.req());
        ctx.future(() -> {
            try {
                var stream = new EventStream(
                        ctx.res().getOutputStream(),
                        () -> request.getConnectionMetaData()
                                .getConnection()
                                .getEndPoint()
                                .close());
                hub.add(stream);
                return stream.ended();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
