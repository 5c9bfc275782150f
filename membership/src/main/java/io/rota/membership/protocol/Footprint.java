package io.rota.membership.protocol;

import io.rota.membership.MemberMetadata;
import io.rota.membership.MemberState;
import java.util.Map;

/**
 * What a packet costs its receiver in memory, in bytes: an upper bound that both sides reckon alike. The reader refuses what would cost more than
 * {@link #LIMIT_BYTES} before it allocates it, and the sender puts no more into one packet. So no packet at all, also none that a member has sealed, makes a
 * node allocate more than 64 KB until it is decoded and taken in. Pure. The constants are measured upper bounds on a 64-bit JVM; {@code FootprintTest}
 * holds them to it.
 */
public final class Footprint {

    /** The most that one packet may cost; the rest of 64 KB is for reading and opening it. */
    public static final int LIMIT_BYTES = 56_000;
    /** A packet and its message, without what stands in it. */
    public static final int PACKET_BYTES = 2_500;
    /** A member's record without its texts; the table row, the event and the news that may come of it. */
    public static final int RECORD_BYTES = 1_650;
    /** A tag without its texts: two map entries. */
    public static final int TAG_BYTES = 120;
    /** News without record and texts, and what may come of it. */
    public static final int RUMOR_BYTES = 1_300;
    /** A number in a list. */
    public static final int NUMBER_BYTES = 48;

    private static final int ACCUSED_BYTES = 1_000;
    private static final int ASCII_TEXT_BYTES = 64;
    private static final int OTHER_TEXT_BYTES = 160;

    private Footprint() {}

    /** A text of so many bytes of UTF-8, the copies that checking it takes included. */
    public static int ofText(int lengthBytes, boolean ascii) {
        return lengthBytes == 0 ? 0 : ascii ? ASCII_TEXT_BYTES + 3 * lengthBytes : OTHER_TEXT_BYTES + 12 * lengthBytes;
    }

    /** More for a record in that state: the suspicion of a member that is accused or held for dead, and the probe that may follow. */
    public static int ofState(MemberState state) {
        return switch (state) {
            case ALIVE, LEFT -> 0;
            case SUSPECT, DEAD -> ACCUSED_BYTES;
        };
    }

    /** What a message leaves for the news that ride on it; negative when nothing. */
    static int besides(Message message, String sender) {
        int rest = LIMIT_BYTES - PACKET_BYTES - text(sender);
        if (message instanceof Message.StateRequest request) {
            return rest
                    - of(request.sender())
                    - NUMBER_BYTES * request.buckets().size();
        } else if (message instanceof Message.StateReply || message instanceof Message.StatePush) {
            return 0;
        } else if (message instanceof Message.PingRequest request) {
            return rest - text(request.name());
        } else if (message instanceof Message.RefusalQuery query) {
            return rest - text(query.name());
        }
        return rest;
    }

    static int of(Rumor rumor) {
        if (rumor instanceof Rumor.Alive alive) {
            return of(alive.subject());
        }
        int bytes = RUMOR_BYTES + text(rumor.name());
        if (rumor instanceof Rumor.Suspect suspect) {
            bytes += text(suspect.accuser());
        } else if (rumor instanceof Rumor.Dead dead) {
            bytes += text(dead.accuser());
        }
        return bytes;
    }

    static int of(MemberRecord record) {
        MemberMetadata metadata = record.member().metadata();
        int bytes = RECORD_BYTES + ofState(record.member().state()) + text(record.name());
        bytes += NUMBER_BYTES * record.keys().size();
        bytes += text(metadata.peerAddress()) + text(metadata.adminAddress()) + text(metadata.arbiterAddress());
        bytes += text(metadata.softwareVersion());
        for (Map.Entry<String, String> tag : metadata.tags().entrySet()) {
            bytes += TAG_BYTES + text(tag.getKey()) + text(tag.getValue());
        }
        return bytes;
    }

    static int text(String text) {
        int bytes = RumorSize.utf8Bytes(text);
        return ofText(bytes, bytes == text.length());
    }
}
