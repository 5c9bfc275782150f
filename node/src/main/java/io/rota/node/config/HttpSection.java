package io.rota.node.config;

import io.rota.scheduler.Guarantee;
import io.rota.scheduler.Work;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads an HTTP call. */
final class HttpSection {
    private static final String DEFAULT_METHOD = "GET";

    private final Section section;
    private final Guarantee guarantee;

    HttpSection(Section section, Guarantee guarantee) {
        this.section = section;
        this.guarantee = guarantee;
    }

    /** The call, or empty after a problem that leaves nothing to call. */
    Optional<Work> read() {
        if (guarantee != Guarantee.RING) {
            section.problemAt(
                    "url",
                    "an HTTP call cannot be stopped on the other side, so nobody can promise that there is one only",
                    "use guarantee: ring and let the server refuse an X-Rota-Run-Id that it has seen,"
                            + " or use command");
        }
        var method = method();
        var url = url();
        var headers = headers();
        var body = section.has("body") ? section.text("body").orElse("") : "";
        var expectStatus = expectStatus();
        var expectBody =
                section.has("expect_body") ? section.text("expect_body").orElse("") : "";
        section.end();
        return url.map(target -> new Work.Http(method, target, headers, body, expectStatus, expectBody));
    }

    private String method() {
        var method = section.has("method") ? section.text("method").orElse(DEFAULT_METHOD) : DEFAULT_METHOD;
        try {
            Work.Http.checkMethod(method);
            return method;
        } catch (IllegalArgumentException e) {
            section.problemAt("method", String.valueOf(e.getMessage()), "write method: POST");
            return DEFAULT_METHOD;
        }
    }

    private Optional<URI> url() {
        if (!section.has("url")) {
            section.problemAt("url", "url is missing", "write url: https://host/path");
            return Optional.empty();
        }
        return section.text("url").flatMap(text -> {
            try {
                var url = new URI(text);
                Work.Http.checkUrl(url);
                return Optional.of(url);
            } catch (URISyntaxException e) {
                section.problemAt("url", "url is none: " + e.getReason() + " at index " + e.getIndex(), "");
            } catch (IllegalArgumentException e) {
                section.problemAt("url", "url: " + e.getMessage(), "write url: https://host/path");
            }
            return Optional.empty();
        });
    }

    private SortedMap<String, String> headers() {
        var good = new TreeMap<String, String>();
        if (section.has("headers")) {
            section.map("headers").forEach((name, value) -> {
                try {
                    Work.Http.checkHeader(name, value);
                    good.put(name, value);
                } catch (IllegalArgumentException e) {
                    section.problemAt("headers", String.valueOf(e.getMessage()), "");
                }
            });
        }
        return good;
    }

    private SortedSet<Integer> expectStatus() {
        if (!section.has("expect_status")) {
            return new TreeSet<>();
        }
        if (section.isEmptyList("expect_status")) {
            section.problemAt("expect_status", "no status means success", "write expect_status: [200, 202]");
        }
        return new TreeSet<>(section.each("expect_status", HttpSection::status, "write expect_status: [200, 202]"));
    }

    private static int status(String text) {
        if (!text.matches("[1-5][0-9]{2}")) {
            throw new IllegalArgumentException("a status is a number from 100 to 599, not \"" + text + "\"");
        }
        return Integer.parseInt(text);
    }
}
