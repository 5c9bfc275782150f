package io.rota.membership.protocol;

import java.util.LinkedHashMap;
import java.util.Map;

/** One {@link ReplayWindow} per boot id, the least recently heard forgotten first. Confined to the protocol thread. */
final class Replays {

    private static final int LIMIT = 32_768;

    private final Map<Long, ReplayWindow> windows = new LinkedHashMap<>(64, 0.75f, true);

    boolean isFresh(Packet packet) {
        ReplayWindow window = windows.get(packet.bootId());
        if (window == null) {
            window = new ReplayWindow();
            windows.put(packet.bootId(), window);
            if (windows.size() > LIMIT) {
                windows.remove(windows.keySet().iterator().next());
            }
        }
        return window.accept(packet.sequence());
    }
}
