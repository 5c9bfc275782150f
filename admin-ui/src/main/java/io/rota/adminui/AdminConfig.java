package io.rota.adminui;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where the admin server listens. Only loopback addresses are accepted: there are no logins yet, so whoever reaches the
 * port sees everything.
 *
 * @param host {@code localhost}, {@code 127.x.y.z} or {@code ::1}; no name is ever looked up
 * @param port 1..65535, or 0 for any free port (tests); default of the node is 7702
 */
public record AdminConfig(String host, int port) {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|::1|\\[::1]");

    public AdminConfig {
        host = host.toLowerCase(Locale.ROOT);
        if (!isLoopback(host)) {
            throw new IllegalArgumentException(
                    "admin host " + host
                            + " is not a loopback address: the admin server has no logins yet, so it listens on 127.0.0.1 or ::1 only");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("admin port " + port + " is not within 0..65535");
        }
    }

    /** True for a literal that can only mean this machine. */
    static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host).matches();
    }

    /** host:port for messages and links. */
    String address(int boundPort) {
        var bare = host.startsWith("[") ? host : host.contains(":") ? "[" + host + "]" : host;
        return bare + ":" + boundPort;
    }
}
