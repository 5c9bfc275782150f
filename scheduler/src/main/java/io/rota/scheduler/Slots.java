package io.rota.scheduler;

/**
 * How many runs a node has room for. Services take no room: they run for ever.
 *
 * @param total slots for runs that end, 0 for no limit, at most {@link #MOST}
 * @param reserved so many of them are for interactive and ordered runs only, fewer than {@code total}
 */
public record Slots(int total, int reserved) {
    /** Most slots of a node. */
    public static final int MOST = 10_000;
    /** A node without a limit. */
    public static final Slots UNLIMITED = new Slots(0, 0);

    public Slots {
        if (total < 0 || total > MOST || reserved < 0 || (reserved > 0 && reserved >= total)) {
            throw new IllegalArgumentException(
                    reserved + " reserved of " + total + " slots: at most " + MOST + ", and some left for all");
        }
    }

    /** What is left for a run of this share on a node where nothing else runs. */
    public int room(Share share) {
        return total - (share.priority() >= Share.INTERACTIVE ? 0 : reserved);
    }

    /** True if such a run finds room once nothing else runs. */
    public boolean canHold(Share share) {
        return isUnlimited() || share.slots() <= room(share);
    }

    /** True if there is no limit. */
    public boolean isUnlimited() {
        return total == 0;
    }
}
