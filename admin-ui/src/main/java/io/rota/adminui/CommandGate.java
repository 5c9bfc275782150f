package io.rota.adminui;

import io.javalin.http.ContentTooLargeResponse;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.UnsupportedMediaTypeResponse;
import java.net.URI;
import java.util.Locale;

/**
 * What every command must show before it is read. A foreign web site can have a visitor's browser send a POST here, but it
 * can set neither the JSON content type nor a header of ours without asking first (CORS), and this server never says yes;
 * and a browser names the site it sends for. Both are asked for, and each would do alone.
 */
final class CommandGate {
    /** The header that no HTML form and no cross-site script can send unasked; its value does not matter. */
    static final String HEADER = "X-Rota-Command";
    /** Longest body of a command. */
    static final int MAX_BYTES = 64 * 1024;

    private CommandGate() {}

    static void require(Context ctx) {
        var origin = ctx.header("Origin");
        if (origin != null && !isOwn(origin, String.valueOf(ctx.header("Host")))) {
            throw new ForbiddenResponse(
                    "Commands are taken from this server's own pages only, not from " + origin + ".");
        }
        var site = ctx.header("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            throw new ForbiddenResponse("Commands are taken from this server's own pages only, not " + site + ".");
        }
        if (ctx.header(HEADER) == null) {
            throw new ForbiddenResponse("The header " + HEADER + " is missing: send " + HEADER + ": 1.");
        }
        var type = String.valueOf(ctx.contentType()).toLowerCase(Locale.ROOT).replace(" ", "");
        if (!type.equals("application/json") && !type.equals("application/json;charset=utf-8")) {
            throw new UnsupportedMediaTypeResponse("Send the command as application/json.");
        }
    }

    /** The body, read no further than {@link #MAX_BYTES}. */
    static byte[] body(Context ctx) {
        return body(ctx, MAX_BYTES);
    }

    static byte[] body(Context ctx, int maxBytes) {
        try {
            byte[] body = ctx.bodyInputStream().readNBytes(maxBytes + 1);
            if (body.length > maxBytes) {
                throw new ContentTooLargeResponse("A command is at most " + maxBytes + " bytes long.");
            }
            return body;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException("the body of a command cannot be read", e);
        }
    }

    /** The page's address is the one that the request was sent to. */
    private static boolean isOwn(String origin, String host) {
        try {
            return String.valueOf(URI.create(origin).getAuthority()).equalsIgnoreCase(host);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
