package io.rota.torture.nemesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private static final Limits OLD_BOOKS = new Limits(true, true, true, 3);
    private static final Limits NONE = new Limits(false, false, false, 3);

    private static Timeline draw(long seed, int nodes, Limits limits) {
        return TimelineGenerator.draw("smoke", seed, nodes, 60, limits);
    }

    @Test
    void theTextFormIsReadBackWhole() {
        for (long seed = 0; seed < 50; seed++) {
            var drawn = draw(seed, 5, NONE);

            assertThat(Timeline.parse(drawn.toText())).isEqualTo(drawn);
        }
    }

    @Test
    void aForeignLineIsRefused() {
        assertThatThrownBy(() -> Timeline.parse("seed 1\nflood n1\n")).hasMessageContaining("flood n1");
    }

    @Test
    void equalSeedsGiveEqualTimelinesAndOthersOthers() {
        assertThat(draw(7, 3, OLD_BOOKS)).isEqualTo(draw(7, 3, OLD_BOOKS));
        assertThat(draw(7, 3, OLD_BOOKS)).isNotEqualTo(draw(8, 3, OLD_BOOKS));
    }

    @Test
    void everyKindIsDrawn() {
        var kinds = EnumSet.noneOf(FaultKind.class);
        draw(1, 5, NONE).rounds().forEach(round -> round.faults().forEach(fault -> kinds.add(fault.kind())));

        assertThat(kinds).containsExactlyElementsOf(Arrays.asList(FaultKind.values()));
    }

    @Test
    void whatIsDocumentedAsALimitIsLeftOut() {
        for (long seed = 0; seed < 50; seed++) {
            for (var round : draw(seed, 5, OLD_BOOKS).rounds()) {
                var arbitersLost = new HashSet<Integer>();
                for (var fault : round.faults()) {
                    assertThat(fault.kind()).isNotEqualTo(FaultKind.KILL_ALL);
                    if (fault.kind() == FaultKind.STOP_BOTH) {
                        assertThat(fault.lengthMillis()).isLessThanOrEqualTo(4_000);
                    }
                    if (fault.kind().losesMemory()) {
                        fault.victims().stream().filter(node -> node < 3).forEach(arbitersLost::add);
                    }
                }
                assertThat(arbitersLost).hasSizeLessThanOrEqualTo(1);
            }
        }
    }

    @Test
    void aFlagPutsTheLimitsIn() {
        var kinds = EnumSet.noneOf(FaultKind.class);
        long longest = 0;
        for (long seed = 0; seed < 20; seed++) {
            for (var round : draw(seed, 3, NONE).rounds()) {
                for (var fault : round.faults()) {
                    kinds.add(fault.kind());
                    longest = Math.max(longest, fault.kind() == FaultKind.STOP_BOTH ? fault.lengthMillis() : 0);
                }
            }
        }

        assertThat(kinds).contains(FaultKind.KILL_ALL);
        assertThat(longest).isGreaterThan(10_000);
        assertThat(NONE.excluded()).isEmpty();
        assertThat(OLD_BOOKS.excluded()).hasSize(3);
    }

    @Test
    void noTwoFaultsOfARoundMeetTheProcessesOfOneNode() {
        for (long seed = 0; seed < 50; seed++) {
            for (var round : draw(seed, 5, NONE).rounds()) {
                var met = round.faults().stream()
                        .filter(fault -> fault.kind().family() != FaultKind.Family.NETWORK)
                        .map(Fault::victims)
                        .flatMap(List::stream)
                        .toList();

                assertThat(met).doesNotHaveDuplicates();
            }
        }
    }
}
