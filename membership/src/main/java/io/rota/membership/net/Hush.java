package io.rota.membership.net;

import java.util.LinkedHashMap;
import java.util.Map;

/** Lets one line per key through in a while. Confined to one thread; remembers a bounded number of keys, the oldest forgotten first. */
final class Hush {

    private static final int KEYS_LIMIT = 1024;

    private final long pauseNanos;
    private final Map<String, Long> lastNanos = new LinkedHashMap<>();

    Hush(long pauseNanos) {
        this.pauseNanos = pauseNanos;
    }

    boolean mayPass(String key, long nowNanos) {
        Long last = lastNanos.get(key);
        if (last != null && nowNanos - last < pauseNanos) {
            return false;
        }
        lastNanos.remove(key);
        lastNanos.put(key, nowNanos);
        if (lastNanos.size() > KEYS_LIMIT) {
            lastNanos.remove(lastNanos.keySet().iterator().next());
        }
        return true;
    }
}
