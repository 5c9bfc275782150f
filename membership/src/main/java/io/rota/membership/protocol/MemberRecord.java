package io.rota.membership.protocol;

import io.rota.membership.Keyring;
import io.rota.membership.Member;
import java.util.List;
import java.util.Objects;

/**
 * A member as it travels between nodes: what views show of it, and what only the protocol needs. Immutable.
 *
 * @param member the member
 * @param returns how often it came back after it was declared dead; drives its damping; 0 to 255
 * @param wire the wire versions it speaks
 * @param keys short ids of the keys it holds, the one that it seals with first
 */
public record MemberRecord(Member member, int returns, WireVersions wire, List<Integer> keys) {

    public MemberRecord {
        Objects.requireNonNull(member, "member");
        Objects.requireNonNull(wire, "wire");
        keys = List.copyOf(keys);
        if (keys.size() > Keyring.KEYS_LIMIT) {
            throw new IllegalArgumentException("at most " + Keyring.KEYS_LIMIT + " keys: " + keys.size());
        }
        if (returns < 0 || returns > 255) {
            throw new IllegalArgumentException("returns must be 0 to 255: " + returns);
        }
    }

    /** The member's name. */
    public String name() {
        return member.name();
    }

    /** The same record about another member value. */
    MemberRecord with(Member changed) {
        return new MemberRecord(changed, returns, wire, keys);
    }
}
