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

        assertThat(entry(X).merge(ended)).isEqualTo(ended.merge(entry(X)));
        assertThat(entry(X).merge(ended).claims()).isEqualTo(ended.claims());
        assertThat(entry(X).merge(ended).endedMillis()).isEqualTo(100);
    }

    @Test
    void anEndBeatsAReleaseByNameWhicheverComesFirst() {
        var succeeded = ending(ClaimEnd.SUCCEEDED);

        assertThat(X.ended(Ending.RELEASED).ended(succeeded).ending()).isEqualTo(succeeded);
        assertThat(X.ended(succeeded).ended(Ending.RELEASED).ending()).isEqualTo(succeeded);
    }

    @Test
    void anOlderClaimIsInNoDoubtOnceALaterOccurrenceHasEnded() {
        var next = entry(once("a", "y", 6, N2, 200).ended(ending(ClaimEnd.SUCCEEDED)));

        var merged = next.merge(entry(X));

        assertThat(merged.claims())
                .as("it holds the task until its lease is over")
                .contains(X);
        assertThat(merged.unsettled()).isEmpty();
    }

    @Test
    void aTryThatFailedAndHasNotSeenTheClaimDoesNotHideItWhateverItsToken() {
        var failed = entry(once("a", "y", 6, N2, 200).ended(Ending.RELEASED));

        assertThat(failed.merge(entry(X)).unsettled())
                .extracting(doubt -> doubt.intent().claimId())
                .containsExactly("x");
        assertThat(failed.merge(entry(X.ended(ending(ClaimEnd.INTERRUPTED)))).unsettled())
                .hasSize(1);
    }

    @Test
    void aVerdictIsNotHiddenByATryThatFailed() {
        var said = new BookEntry(List.of(probe("p", 6, ClaimEnd.DONE), X), 50);
        var failed = new BookEntry(List.of(probe("q", 7, ClaimEnd.RELEASED), X), 50);

        assertThat(said.merge(failed).unsettled()).isEmpty();
        assertThat(said.merge(failed).endedMillis()).isEqualTo(100);
    }

    @Test
    void whatOneOfTwoClaimsOfARunIsSaidToBeHoldsForBoth() {
        var sibling = once("a", "w", 5, N2, 100);
        var said = new BookEntry(List.of(probe("p", 6, ClaimEnd.NOT_DONE), X, sibling), 50);

        assertThat(said.unsettled()).extracting(Doubt::stage).containsOnly(Doubt.Stage.NOT_DONE);
        assertThat(said.next(once("a", "z", 7, N2, 100)).claims()).hasSize(1);
    }

    @Test
    void aVerdictOnOneRunIsCarriedOnWhileAnotherIsProbed() {
        var other = once("a", "z", 6, N2, 200);
        var said = new BookEntry(List.of(probe("p", 7, ClaimEnd.NOT_DONE), other, X), 50);
        var aboutOther = new Claim("q", 8, N2, new Purpose(ClaimKind.PROBE, "a", "a@200", 7, 200, "z", 0), Ending.OPEN);

        var next = said.next(aboutOther).end("q", ending(ClaimEnd.NOT_DONE));

        assertThat(next.unsettled()).extracting(Doubt::stage).containsOnly(Doubt.Stage.NOT_DONE);
        assertThat(next.unsettled().get(0).intent()).as("the earlier one first").isEqualTo(X);
    }

    @Test
    void theDoubtOfTheLatestRecordOutlivesBooksThatNeverSawIt() {
        var probing = new BookEntry(List.of(probe("p", 6, ClaimEnd.RELEASED), X), 50);

        assertThat(BookEntry.EMPTY.merge(probing).unsettled())
                .extracting(doubt -> doubt.intent().claimId())
                .containsExactly("x");
        assertThat(probing.merge(entry(X)).unsettled()).hasSize(1);
    }

    @Test
    void ofTwoVerdictsTheLaterOneCounts() {
        var superseded = new BookEntry(List.of(probe("p", 6, ClaimEnd.NOT_DONE), X), 50);
        var latest = new BookEntry(List.of(probe("q", 7, ClaimEnd.DONE), X), 50);

        var merged = superseded.merge(latest);

        assertThat(merged.unsettled()).isEmpty();
        assertThat(merged.endedMillis()).isEqualTo(100);
        assertThat(latest.merge(superseded)).isEqualTo(merged);
    }

    @Test
    void aLeftoverOfATryThatFailedDoesNotBringBackASettledDoubt() {
        var leftover = new BookEntry(List.of(probe("p", 6, ClaimEnd.RELEASED), X), 50);
        var again = entry(once("a", "y", 6, N2, 100).ended(ending(ClaimEnd.SUCCEEDED)));

        assertThat(leftover.merge(again).unsettled()).isEmpty();
        assertThat(again.merge(leftover).endedMillis()).isEqualTo(100);
    }

    @Test
    void aBookThatMissedTheGrantTakesTheEndOver() {
        var missed = entry(once("a", "w", 4, N2, 50).ended(ending(ClaimEnd.SUCCEEDED)));

        var adopted = missed.merge(entry(X.ended(ending(ClaimEnd.SUCCEEDED))));

        assertThat(adopted.token()).isEqualTo(5);
        assertThat(adopted.endedMillis()).isEqualTo(100);
        assertThat(adopted.unsettled()).isEmpty();
    }

    @Test
    void aBookThatMissedAVerdictKeepsTheDoubtThatItSettles() {
        var missed = new BookEntry(List.of(probe("p", 6, ClaimEnd.RELEASED), X), 50);

        assertThat(missed.merge(entry(probe("q", 7, ClaimEnd.NOT_DONE))).unsettled())
                .extracting(Doubt::stage)
                .containsExactly(Doubt.Stage.NOT_DONE);
    }

    @Test
    void whatIsOwedComesAfterWhatIsInDoubt() {
        var other = once("a", "z", 4, N1, 90);
        var both = new BookEntry(List.of(probe("p", 6, ClaimEnd.NOT_DONE), X, other), 50);

        assertThat(both.unsettled()).extracting(Doubt::stage).containsExactly(Doubt.Stage.OPEN, Doubt.Stage.NOT_DONE);
    }

    @Test
    void mergingKnowsNoOrder() {
        var one = new BookEntry(List.of(probe("p", 6, ClaimEnd.HELD), X), 50);
        var two = entry(X.ended(ending(ClaimEnd.INTERRUPTED)));
        var three = entry(once("a", "y", 6, N2, 100));

        assertThat(one.merge(two).merge(three)).isEqualTo(three.merge(one).merge(two));
        assertThat(one.merge(two.merge(three))).isEqualTo(two.merge(three).merge(one));
        assertThat(one.merge(one)).isEqualTo(one);
    }
}
