package io.rota.adminui;

import io.javalin.http.Context;
import io.javalin.http.MisdirectedRequestResponse;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests whose Host header is not a loopback name. Without it, a foreign web site could point a name of its
 * own at 127.0.0.1 and read this API from the visitor's browser (DNS rebinding).
 */
final class HostCheck {

    private HostCheck() {}

    static void require(Context ctx) {
        if (!accepts(ctx.header("Host"))) {
            throw new MisdirectedRequestResponse(
                    "This server answers to localhost, 127.0.0.1 and [::1] only; open it under one of these.");
        }
    }

    static boolean accepts(@Nullable String hostHeader) {
        if (hostHeader == null) {
            return false;
        }
        var host = hostHeader.replaceFirst(":\\d{1,5}$", "").toLowerCase(Locale.ROOT);
        return !host.equals("::1") && AdminConfig.isLoopback(host);
    }
}
