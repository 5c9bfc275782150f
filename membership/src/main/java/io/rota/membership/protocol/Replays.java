package io.rota.membership.protocol;

/** One {@link ReplayWindow} per boot id, the least recently heard forgotten first. Confined to the protocol thread. */
final class Replays {

    private static final int LIMIT = 32_768;

    private final LongTable<Heard> byBoot = new LongTable<>();
    /** A ring of all, the most recently heard behind it, the least recently heard before it. */
    private final Heard ends = new Heard(0);

    boolean isFresh(Packet packet) {
        Heard heard = byBoot.get(packet.bootId());
        if (heard == null) {
            heard = new Heard(packet.bootId());
            byBoot.put(packet.bootId(), heard);
        } else {
            heard.unlink();
        }
        heard.link(ends);
        if (byBoot.size() > LIMIT) {
            byBoot.remove(ends.before.bootId);
            ends.before.unlink();
        }
        return heard.window.accept(packet.sequence());
    }

    private static final class Heard {
        private final long bootId;
        private final ReplayWindow window = new ReplayWindow();
        private Heard before = this;
        private Heard behind = this;

        private Heard(long bootId) {
            this.bootId = bootId;
        }

        private void unlink() {
            before.behind = behind;
            behind.before = before;
        }

        private void link(Heard place) {
            before = place;
            behind = place.behind;
            behind.before = this;
            place.behind = this;
        }
    }
}
