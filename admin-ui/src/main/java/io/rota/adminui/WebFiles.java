package io.rota.adminui;

import io.javalin.http.Context;
import io.javalin.http.staticfiles.ResourceHandler;
import io.javalin.http.staticfiles.StaticFileConfig;
import io.javalin.security.RouteRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The page's files, read once from the jar. A path must look like one of our own file names before anything is opened,
 * so no encoding of {@code ..} can leave the folder. The ETag is a hash of the content: a size and date would not do,
 * since all entries of a reproducible jar carry one date. Thread-safe.
 */
final class WebFiles implements ResourceHandler {
    private static final Pattern NAME = Pattern.compile("/(?:[a-z0-9-]+/)*[a-zA-Z0-9-]+(?:\\.[a-z]+)?");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "txt", "text/plain; charset=utf-8");

    private final Map<String, WebFile> cache = new ConcurrentHashMap<>();

    /** A class, since a record would compare its bytes by identity. */
    private static final class WebFile {
        private final byte[] content;
        private final String contentType;
        private final String etag;

        WebFile(byte[] content, String contentType) {
            this.content = content;
            this.contentType = contentType;
            this.etag = '"' + hash(content) + '"';
        }
    }

    @Override
    public boolean canHandle(Context ctx) {
        return has(ctx.req().getRequestURI());
    }

    boolean has(String requestUri) {
        return find(requestUri).isPresent();
    }

    @Override
    public boolean handle(Context ctx) {
        var found = find(ctx.req().getRequestURI());
        found.ifPresent(file -> answer(ctx, file));
        return found.isPresent();
    }

    private static void answer(Context ctx, WebFile file) {
        ctx.header("ETag", file.etag);
        ctx.header("Vary", "Accept-Encoding");
        if (file.etag.equals(ctx.header("If-None-Match"))) {
            ctx.status(304);
            return;
        }
        ctx.contentType(file.contentType).result(file.content);
    }

    private Optional<WebFile> find(String requestUri) {
        var path = requestUri.equals("/") ? "/index.html" : requestUri;
        var known = cache.get(path);
        if (known != null) {
            return Optional.of(known);
        }
        var type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
        if (type == null || !NAME.matcher(path).matches()) {
            return Optional.empty();
        }
        return read(path, type);
    }

    private Optional<WebFile> read(String path, String type) {
        try (var stream = WebFiles.class.getResourceAsStream("/web" + path)) {
            if (stream == null) {
                return Optional.empty();
            }
            var file = new WebFile(stream.readAllBytes(), type);
            cache.put(path, file);
            return Optional.of(file);
        } catch (IOException e) {
            throw new UncheckedIOException("web file " + path + " cannot be read", e);
        }
    }

    private static String hash(byte[] content) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Not used: there is one folder and it is ours. */
    @Override
    public boolean addStaticFileConfig(StaticFileConfig config) {
        return false;
    }

    @Override
    public Set<RouteRole> resourceRouteRoles(Context ctx) {
        return Set.of();
    }
}
