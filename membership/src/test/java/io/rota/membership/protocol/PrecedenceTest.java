package io.rota.membership.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.membership.Member;
import io.rota.membership.MemberMetadata;
import io.rota.membership.MemberState;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The merge of beliefs, proven by enumeration over two boots, three incarnations and all states: a join of a total order. */
class PrecedenceTest {

    private static final List<Member> ALL = all();

    @Test
    void mergeIsCommutative() {
        for (Member a : ALL) {
            for (Member b : ALL) {
                assertThat(merge(a, b)).isEqualTo(merge(b, a));
            }
        }
    }

    @Test
    void mergeIsAssociative() {
        for (Member a : ALL) {
            for (Member b : ALL) {
                for (Member c : ALL) {
                    assertThat(merge(merge(a, b), c)).isEqualTo(merge(a, merge(b, c)));
                }
            }
        }
    }

    @Test
    void mergeIsIdempotent() {
        for (Member a : ALL) {
            assertThat(Precedence.beats(a, a)).isFalse();
        }
    }

    @Test
    void orderWithinOneBootIsThatOfThePaper() {
        List<Member> boot = ALL.stream().filter(member -> member.bootId() == 1).toList();

        for (int i = 1; i < boot.size(); i++) {
            assertThat(Precedence.beats(boot.get(i), boot.get(i - 1))).isTrue();
        }
    }

    private static Member merge(Member held, Member news) {
        return Precedence.beats(news, held) ? news : held;
    }

    private static List<Member> all() {
        List<Member> all = new ArrayList<>();
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        for (long boot = 1; boot <= 2; boot++) {
            for (long incarnation = 1; incarnation <= 3; incarnation++) {
                for (MemberState state : MemberState.values()) {
                    all.add(new Member("n", boot, incarnation, state, address, MemberMetadata.empty()));
                }
            }
        }
        return all;
    }
}
