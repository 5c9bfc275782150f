package io.rota.membership.protocol;

/**
 * The range of wire versions that a node speaks. Two nodes talk in the highest version that both speak; a node that shares none with the
 * cluster is turned away with one clear message.
 *
 * @param min oldest version spoken, 1 to 255
 * @param max newest version spoken, min to 255
 */
public record WireVersions(int min, int max) {

    /** What this build speaks. */
    public static final WireVersions OURS = new WireVersions(1, 1);

    public WireVersions {
        if (min < 1 || max < min || max > 255) {
            throw new IllegalArgumentException("wire versions must be 1 <= min <= max <= 255: " + min + ".." + max);
        }
    }

    /** True where that version is spoken. */
    public boolean has(int version) {
        return min <= version && version <= max;
    }

    /** True where some version is spoken by both. */
    public boolean meets(WireVersions other) {
        return min <= other.max && other.min <= max;
    }
}
