package io.rota.membership.protocol;

import io.rota.membership.Keyring;
import io.rota.membership.MemberMetadata;
import java.util.Map;

/** An upper bound of a rumor's size on the wire, so that the core can fill a datagram without encoding it. Pure. */
final class RumorSize {

    /** Room for news in one datagram of at most 1,400 bytes, beside seal, header and the largest message. */
    static final int BUDGET_BYTES = 1_220;

    private static final int FIXED_BYTES = 32;
    private static final int RECORD_BYTES = 72 + 1 + 4 * Keyring.KEYS_LIMIT;
    private static final int LENGTH_BYTES = 2;

    private RumorSize() {}

    static int of(Rumor rumor) {
        if (rumor instanceof Rumor.Alive alive) {
            return of(alive.subject());
        }
        String accuser = rumor instanceof Rumor.Suspect suspect
                ? suspect.accuser()
                : rumor instanceof Rumor.Dead dead ? dead.accuser() : "";
        return FIXED_BYTES + text(rumor.name()) + text(accuser);
    }

    static int of(MemberRecord record) {
        MemberMetadata metadata = record.member().metadata();
        int size = RECORD_BYTES + text(record.name());
        size += text(metadata.peerAddress()) + text(metadata.adminAddress()) + text(metadata.arbiterAddress());
        size += text(metadata.softwareVersion());
        for (Map.Entry<String, String> tag : metadata.tags().entrySet()) {
            size += text(tag.getKey()) + text(tag.getValue());
        }
        return size;
    }

    private static int text(String text) {
        return LENGTH_BYTES + utf8Bytes(text);
    }

    /** Length in UTF-8, without encoding it. */
    static int utf8Bytes(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            bytes += letter < 0x80 ? 1 : letter < 0x800 || Character.isSurrogate(letter) ? 2 : 3;
        }
        return bytes;
    }
}
