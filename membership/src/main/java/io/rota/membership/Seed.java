package io.rota.membership;

/**
 * An address that a node dials to find the others. Written {@code name@host:port} or {@code host:port}; the host is resolved anew at each
 * dial, for ever. An IPv6 host stands in brackets: {@code n1@[::1]:7700}.
 *
 * @param name the node expected there, or "" where it is not known
 * @param host host name or address
 * @param port gossip port, 1 to 65535
 */
public record Seed(String name, String host, int port) {

    public Seed {
        if (!name.isEmpty()) {
            Member.requireName(name);
        }
        if (host.isBlank() || host.length() > 255) {
            throw new IllegalArgumentException(
                    "a seed needs a host of at most 255 characters, but has \"" + host + "\"");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("a seed's port must be 1 to 65535, but is " + port);
        }
    }

    /** Reads {@code [name@]host:port}; refuses anything else with {@link IllegalArgumentException}. */
    public static Seed parse(String text) {
        int at = text.indexOf('@');
        String name = at < 0 ? "" : text.substring(0, at);
        String place = text.substring(at + 1);
        int colon = place.lastIndexOf(':');
        if (colon < 1 || at == 0) {
            throw malformed(text);
        }
        String host = place.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (!bracketed && host.indexOf(':') >= 0) {
            throw malformed(text);
        }
        try {
            int port = Integer.parseInt(place.substring(colon + 1));
            return new Seed(name, bracketed ? host.substring(1, host.length() - 1) : host, port);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(malformed(text).getMessage(), e);
        }
    }

    @Override
    public String toString() {
        String place = (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
        return name.isEmpty() ? place : name + "@" + place;
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException("a seed is written name@host:port or host:port, not \"" + text + "\"");
    }
}
