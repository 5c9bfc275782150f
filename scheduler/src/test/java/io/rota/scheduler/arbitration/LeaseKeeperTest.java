package io.rota.scheduler.arbitration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LeaseKeeperTest {
    private static final long SECOND = 1_000_000_000L;

    private final LeaseKeeper keeper = new LeaseKeeper("n1", 11, 3, 0);

    @Test
    void oneOfThreeIsNoMajority() {
        long round = keeper.beginRound(0);

        assertThat(keeper.onGranted(round, "a1", SECOND)).isFalse();
        assertThat(keeper.onGranted(round, "a1", SECOND))
                .as("the same arbiter twice")
                .isFalse();
        assertThat(keeper.lease().held()).isFalse();
    }

    @Test
    void theDeadlineCountsFromBeforeTheRoundWasSent() {
        long round = keeper.beginRound(10 * SECOND);
        keeper.onGranted(round, "a1", 11 * SECOND);

        assertThat(keeper.onGranted(round, "a2", 12 * SECOND)).isTrue();
        assertThat(keeper.lease().deadlineNanos()).isEqualTo(16 * SECOND);
    }

    @Test
    void answersOfDifferentRoundsDoNotAddUp() {
        long first = keeper.beginRound(0);
        long second = keeper.beginRound(SECOND);
        keeper.onGranted(first, "a1", SECOND);

        assertThat(keeper.onGranted(second, "a2", SECOND)).isFalse();
    }

    @Test
    void aLateMajorityMovesTheDeadlineOnlyForward() {
        long first = keeper.beginRound(0);
        long second = keeper.beginRound(SECOND);
        keeper.onGranted(second, "a1", 2 * SECOND);
        keeper.onGranted(second, "a2", 2 * SECOND);

        keeper.onGranted(first, "a1", 3 * SECOND);
        assertThat(keeper.onGranted(first, "a2", 3 * SECOND)).isFalse();
        assertThat(keeper.lease().deadlineNanos()).isEqualTo(7 * SECOND);
    }

    @Test
    void aLeaseWhoseDeadlineHasPassedIsNeverRenewed() {
        long round = keeper.beginRound(0);
        keeper.onGranted(round, "a1", SECOND);
        keeper.onGranted(round, "a2", SECOND);
        long late = keeper.beginRound(5 * SECOND);

        keeper.onGranted(late, "a1", 6 * SECOND);
        assertThat(keeper.onGranted(late, "a2", 6 * SECOND)).isFalse();
        assertThat(keeper.isLapsed(6 * SECOND)).isTrue();
    }

    @Test
    void theNextEpochIsAnotherLeaseAndOwesNothingToTheOld() {
        long old = keeper.beginRound(0);
        keeper.onGranted(old, "a1", SECOND);
        keeper.nextEpoch(SECOND);

        assertThat(keeper.onGranted(old, "a2", SECOND)).isFalse();
        assertThat(keeper.lease().id()).isEqualTo(new LeaseId("n1", 11, 2));
        assertThat(keeper.lease().held()).isFalse();
    }

    @Test
    void aSingleJudgeIsItsOwnMajority() {
        var single = new LeaseKeeper("n1", 11, 1, 0);

        assertThat(single.onGranted(single.beginRound(0), "a1", SECOND)).isTrue();
    }
}
