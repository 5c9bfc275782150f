package io.rota.membership.protocol;

import io.rota.membership.Member;
import io.rota.membership.MemberState;

/**
 * Which of two beliefs about one name is the newer (SWIM section 4.2): higher incarnation, then the later state, then, between two boots
 * that tie in both, the greater boot id. A total order, so that merging by it is commutative, associative and idempotent: in whatever order news
 * arrive, all nodes end with the same belief.
 */
final class Precedence {

    private Precedence() {}

    static boolean beats(Rumor news, Member held) {
        return compare(news.incarnation(), news.state(), news.bootId(), held) > 0;
    }

    static boolean beats(Member news, Member held) {
        return compare(news.incarnation(), news.state(), news.bootId(), held) > 0;
    }

    private static int compare(long incarnation, MemberState state, long bootId, Member held) {
        int byIncarnation = Long.compare(incarnation, held.incarnation());
        if (byIncarnation != 0) {
            return byIncarnation;
        }
        int byState = state.compareTo(held.state());
        return byState != 0 ? byState : Long.compare(bootId, held.bootId());
    }
}
