package io.rota.membership;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a member tells all others about itself. Immutable, and small on purpose: the whole must fit in one datagram beside a name, so
 * every text is bounded and a larger one is refused with {@link IllegalArgumentException}. Nothing that changes each second belongs here:
 * every change is a new incarnation and is gossiped to all.
 *
 * @param peerAddress "host:port" of the peer API, or ""
 * @param adminAddress "host:port" of the admin port, or ""
 * @param arbiterAddress "host:port" of the arbiter, or "" where the node is none
 * @param tags labels that placement may ask for; at most 512 bytes of UTF-8 in all
 * @param weightMilli share of the ring, in thousandths of a normal node, 0 to 1,000,000
 * @param slots how many runs at once, 0 to 1,000,000
 * @param participation whether the member takes work
 * @param softwareVersion what it runs, at most 64 bytes
 * @param configRevision the revision of its configuration file
 * @param configDigest a digest of its configuration
 * @param healthy false while its executor is wedged: a member still, but no owner
 */
public record MemberMetadata(
        String peerAddress,
        String adminAddress,
        String arbiterAddress,
        Map<String, String> tags,
        int weightMilli,
        int slots,
        Participation participation,
        String softwareVersion,
        long configRevision,
        long configDigest,
        boolean healthy) {

    /** Longest address in bytes of UTF-8. */
    public static final int ADDRESS_LIMIT_BYTES = 128;
    /** All tags together, keys and values, in bytes of UTF-8. */
    public static final int TAGS_LIMIT_BYTES = 512;
    /** Most tags. */
    public static final int TAGS_LIMIT = 64;
    /** Longest software version in bytes of UTF-8. */
    public static final int VERSION_LIMIT_BYTES = 64;

    private static final int NUMBER_LIMIT = 1_000_000;

    public MemberMetadata {
        Objects.requireNonNull(participation, "participation");
        bounded("peerAddress", peerAddress, ADDRESS_LIMIT_BYTES);
        bounded("adminAddress", adminAddress, ADDRESS_LIMIT_BYTES);
        bounded("arbiterAddress", arbiterAddress, ADDRESS_LIMIT_BYTES);
        bounded("softwareVersion", softwareVersion, VERSION_LIMIT_BYTES);
        bounded("weightMilli", weightMilli);
        bounded("slots", slots);
        if (tags.size() > TAGS_LIMIT || bytesOf(tags) > TAGS_LIMIT_BYTES) {
            throw new IllegalArgumentException(
                    "tags are too large: at most " + TAGS_LIMIT + " and " + TAGS_LIMIT_BYTES + " bytes in all");
        }
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    }

    /** Metadata that says nothing but: here, active, of normal weight. */
    public static MemberMetadata empty() {
        return new MemberMetadata("", "", "", Map.of(), 1000, 1, Participation.ACTIVE, "", 0, 0, true);
    }

    /** The same with another participation. */
    public MemberMetadata with(Participation changed) {
        return new MemberMetadata(
                peerAddress,
                adminAddress,
                arbiterAddress,
                tags,
                weightMilli,
                slots,
                changed,
                softwareVersion,
                configRevision,
                configDigest,
                healthy);
    }

    private static int bytesOf(Map<String, String> tags) {
        return tags.entrySet().stream()
                .mapToInt(tag -> bytesOf(tag.getKey()) + bytesOf(tag.getValue()))
                .sum();
    }

    private static int bytesOf(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static void bounded(String field, String text, int limitBytes) {
        if (bytesOf(text) > limitBytes) {
            throw new IllegalArgumentException(field + " is longer than " + limitBytes + " bytes");
        }
    }

    private static void bounded(String field, int number) {
        if (number < 0 || number > NUMBER_LIMIT) {
            throw new IllegalArgumentException(field + " must be 0 to " + NUMBER_LIMIT + " but is " + number);
        }
    }
}
