package io.rota.scheduler.arbitration;

import static io.rota.scheduler.arbitration.TestClaims.ending;
import static io.rota.scheduler.arbitration.TestClaims.entry;
import static io.rota.scheduler.arbitration.TestClaims.once;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** How the records of several books become one. */
class BookEntryTest {
    private static final LeaseId N1 = new LeaseId("n1", 11, 1);
    private static final LeaseId N2 = new LeaseId("n2", 22, 1);
    private static final Claim X = once("a", "x", 5, N1, 100);

    private static Claim probe(String id, long token, ClaimEnd end) {
        var open = new Claim(id, token, N2, new Purpose(ClaimKind.PROBE, "a", "a@100", 7, 100, "x", 0), Ending.OPEN);
        return open.ended(ending(end));
    }

    @Test
    void anEndThatOneBookHasHeardCounts() {
        var ended = entry(X.ended(ending(ClaimEnd.SUCCEEDED)));

        assertThat(entry(X).merge(ended)).isEqualTo(ended);
        assertThat(ended.merge(entry(X))).isEqualTo(ended);
    }

    @Test
    void anEndBeatsAReleaseByNameWhicheverComesFirst() {
        var succeeded = ending(ClaimEnd.SUCCEEDED);

        assertThat(X.ended(Ending.RELEASED).ended(succeeded).ending()).isEqualTo(succeeded);
        assertThat(X.ended(succeeded).ended(Ending.RELEASED).ending()).isEqualTo(succeeded);
    }

    @Test
    void anOlderClaimThatTheLatestRecordDoesNotNameIsInNoDoubt() {
        var next = entry(once("a", "y", 6, N2, 200).ended(ending(ClaimEnd.SUCCEEDED)));

        var merged = next.merge(entry(X));

        assertThat(merged.claims())
                .as("it holds the task until its lease is over")
                .contains(X);
        assertThat(merged.unsettled())
                .as("whoever wrote the latest record had seen it")
                .isEmpty();
    }

    @Test
    void theDoubtOfTheLatestRecordOutlivesBooksThatNeverSawIt() {
        var probing = new BookEntry(List.of(probe("p", 6, ClaimEnd.RELEASED)), List.of(X), 50);

        assertThat(BookEntry.EMPTY.merge(probing).unsettled())
                .extracting(doubt -> doubt.intent().claimId())
                .containsExactly("x");
        assertThat(probing.merge(entry(X)).unsettled()).hasSize(1);
    }

    @Test
    void ofTwoVerdictsTheLaterOneCounts() {
        var superseded = new BookEntry(List.of(probe("p", 6, ClaimEnd.NOT_DONE)), List.of(X), 50);
        var latest = new BookEntry(List.of(probe("q", 7, ClaimEnd.DONE)), List.of(X), 50);

        var merged = superseded.merge(latest);

        assertThat(merged.unsettled()).isEmpty();
        assertThat(merged.endedMillis()).isEqualTo(100);
        assertThat(latest.merge(superseded)).isEqualTo(merged);
    }

    @Test
    void aLeftoverOfATryThatFailedDoesNotBringBackASettledDoubt() {
        var leftover = new BookEntry(List.of(probe("p", 6, ClaimEnd.RELEASED)), List.of(X), 50);
        var again = entry(once("a", "y", 6, N2, 100).ended(ending(ClaimEnd.SUCCEEDED)));

        assertThat(leftover.merge(again).unsettled()).isEmpty();
        assertThat(again.merge(leftover).endedMillis()).isEqualTo(100);
    }

    @Test
    void aBookThatMissedTheGrantTakesTheEndOver() {
        var missed = entry(once("a", "w", 4, N2, 50).ended(ending(ClaimEnd.SUCCEEDED)));

        var adopted = missed.adopt(X.ended(ending(ClaimEnd.SUCCEEDED)));

        assertThat(adopted.token()).isEqualTo(5);
        assertThat(adopted.endedMillis()).isEqualTo(100);
        assertThat(adopted.unsettled()).isEmpty();
    }

    @Test
    void aBookThatMissedAVerdictKeepsTheDoubtThatItSettles() {
        var missed = new BookEntry(List.of(probe("p", 6, ClaimEnd.RELEASED)), List.of(X), 50);

        assertThat(missed.adopt(probe("q", 7, ClaimEnd.NOT_DONE)).unsettled())
                .extracting(Doubt::stage)
                .containsExactly(Doubt.Stage.NOT_DONE);
    }

    @Test
    void whatIsOwedComesAfterWhatIsInDoubt() {
        var other = once("a", "z", 4, N1, 90);
        var both = new BookEntry(List.of(probe("p", 6, ClaimEnd.NOT_DONE)), List.of(X, other), 50);

        assertThat(both.unsettled()).extracting(Doubt::stage).containsExactly(Doubt.Stage.OPEN, Doubt.Stage.NOT_DONE);
    }

    @Test
    void mergingKnowsNoOrder() {
        var one = new BookEntry(List.of(probe("p", 6, ClaimEnd.HELD)), List.of(X), 50);
        var two = entry(X.ended(ending(ClaimEnd.INTERRUPTED)));
        var three = entry(once("a", "y", 6, N2, 100));

        assertThat(one.merge(two).merge(three)).isEqualTo(three.merge(one).merge(two));
        assertThat(one.merge(two.merge(three))).isEqualTo(two.merge(three).merge(one));
        assertThat(one.merge(one)).isEqualTo(one);
    }
}
