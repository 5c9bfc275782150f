package io.rota.membership.protocol;

import io.rota.membership.Member;
import io.rota.membership.MemberState;

/**
 * The 64-bit hashes of this protocol: the place of a name in the probe order, and the term of a member in the digest of a table. Pure, and the
 * same on all nodes. Built from the finalizer of SplitMix64; they are no ring positions and no defence against an enemy, who would need the key.
 */
final class Mix {

    private Mix() {}

    static long of(String name) {
        long hash = name.length();
        for (int i = 0; i < name.length(); i++) {
            hash = mix(hash * 31 + name.charAt(i) + 0x9E3779B97F4A7C15L);
        }
        return hash;
    }

    /** Address and metadata are constant per boot and incarnation, so they need no part in it. */
    static long termOf(long nameHash, Member member) {
        long hash = mix(nameHash ^ member.bootId());
        hash = mix(hash + member.incarnation());
        return mix(hash + code(member.state()));
    }

    private static int code(MemberState state) {
        return switch (state) {
            case ALIVE -> 1;
            case SUSPECT -> 2;
            case DEAD -> 3;
            case LEFT -> 4;
        };
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
