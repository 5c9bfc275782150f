package io.rota.scheduler.arbitration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an arbiter grants at level once, with one book that plays the majority. */
class OnceDecisionTest {
    private static final LeaseId N1 = new LeaseId("n1", 11, 1);
    private static final LeaseId N2 = new LeaseId("n2", 22, 1);
    private static final DeathWord N1_IS_GONE = new DeathWord("n1", 11);

    private final OneBook books = new OneBook();
    private final Arbiter arbiter = new Arbiter(new LocalTaskLocks(), books, () -> 0);

    private static final class OneBook implements Books {
        private MemoryBook book = new MemoryBook();

        OneBook() {
            book.vote(0);
        }

        @Override
        public Optional<Reading> read(String task) {
            var reading = book.read(task);
            return Optional.of(new Reading(Map.of("b", reading.entry()), Set.copyOf(reading.endedBoots())));
        }

        @Override
        public boolean write(Reading read, BookEntry next) {
            return book.write(read.entries().getOrDefault("b", BookEntry.EMPTY), next);
        }

        @Override
        public boolean release(String task, String claimId) {
            return book.release(task, claimId);
        }

        @Override
        public boolean revoke(LeaseId lease) {
            return false;
        }
    }

    private ClaimDecision ask(String claimId, LeaseId lease, Purpose purpose) {
        return arbiter.decide(new ClaimRequest(claimId, lease, purpose));
    }

    private ClaimDecision run(String claimId, LeaseId lease, long occurrence) {
        return ask(claimId, lease, TestClaims.occurrence(ClaimKind.ONCE, "a", occurrence));
    }

    private ClaimDecision look() {
        return ask("look", N2, TestClaims.occurrence(ClaimKind.LOOK, "a", Purpose.NO_OCCURRENCE));
    }

    private ClaimDecision about(ClaimKind kind, String claimId, String inDoubt) {
        return ask(claimId, N2, new Purpose(kind, "a", "a@100", 7, 100, inDoubt, 0));
    }

    private void end(String claimId, ClaimEnd end) {
        var held = books.book.read("a").entry().claims().stream()
                .filter(claim -> claim.claimId().equals(claimId))
                .findFirst()
                .orElseThrow();
        books.book.end(held.ended(TestClaims.ending(end)));
    }

    /** A run of occurrence 100 that n1 began and died over. */
    private void leaveInDoubt() {
        run("x", N1, 100);
        books.book.certify(N1_IS_GONE);
    }

    private static long ended(ClaimDecision decision) {
        assertThat(decision).isInstanceOf(ClaimDecision.Settled.class);
        return ((ClaimDecision.Settled) decision).endedMillis();
    }

    private static Doubt.Stage stage(ClaimDecision decision) {
        assertThat(decision).isInstanceOf(ClaimDecision.InDoubt.class);
        return ((ClaimDecision.InDoubt) decision).doubt().stage();
    }

    @Test
    void anOccurrenceThatHasEndedIsNeverGrantedAgainNorIsAnEarlierOne() {
        run("x", N1, 100);
        end("x", ClaimEnd.SUCCEEDED);

        assertThat(ended(run("y", N2, 100))).isEqualTo(100);
        assertThat(ended(run("z", N2, 99))).isEqualTo(100);
        assertThat(run("w", N2, 101)).isInstanceOf(ClaimDecision.Granted.class);
    }

    @Test
    void whatEndedIsKnownAlsoAfterLaterClaimsThatStartedNothing() {
        run("x", N1, 100);
        end("x", ClaimEnd.FAILED);
        run("y", N2, 101);
        books.release("a", "y");

        assertThat(run("z", N2, 100)).isInstanceOf(ClaimDecision.Settled.class);
        assertThat(run("w", N2, 101)).as("nothing of it was started").isInstanceOf(ClaimDecision.Granted.class);
    }

    @Test
    void aClaimOverWithoutAWordOfItsHolderIsInDoubtAndNothingOfTheTaskIsGranted() {
        leaveInDoubt();

        assertThat(stage(run("y", N2, 100))).isEqualTo(Doubt.Stage.OPEN);
        assertThat(stage(run("z", N2, 200))).isEqualTo(Doubt.Stage.OPEN);
        assertThat(stage(look())).isEqualTo(Doubt.Stage.OPEN);
        assertThat(books.book.read("a").entry().token())
                .as("looking writes nothing")
                .isOne();
    }

    @Test
    void aClaimWhoseHolderIsThereIsHeldAndNotInDoubt() {
        run("x", N1, 100);

        assertThat(look()).isInstanceOf(ClaimDecision.Held.class);
        assertThat(about(ClaimKind.PROBE, "p", "x")).isInstanceOf(ClaimDecision.Held.class);
        assertThat(about(ClaimKind.DECISION, "d", "x")).isInstanceOf(ClaimDecision.Held.class);
    }

    @Test
    void aRunThatItsOwnNodeCutOffIsInDoubtAtOnce() {
        run("x", N1, 100);
        end("x", ClaimEnd.INTERRUPTED);

        assertThat(stage(look())).isEqualTo(Doubt.Stage.OPEN);
    }

    @Test
    void aClaimOfLevelExclusiveLeavesNoDoubt() {
        ask("x", N1, TestClaims.occurrence(ClaimKind.EXCLUSIVE, "a", 100));
        books.book.certify(N1_IS_GONE);

        assertThat(look()).isInstanceOf(ClaimDecision.Settled.class);
        assertThat(ask("y", N2, TestClaims.occurrence(ClaimKind.EXCLUSIVE, "a", 100)))
                .isEqualTo(new ClaimDecision.Granted(2, true));
    }

    @Test
    void theLateWordOfTheHolderSettlesTheDoubt() {
        leaveInDoubt();
        end("x", ClaimEnd.SUCCEEDED);

        assertThat(ended(look())).isEqualTo(100);
        assertThat(run("y", N2, 100)).isInstanceOf(ClaimDecision.Settled.class);
    }

    // ---- probes and persons

    @Test
    void onlyOneProbesAtATime() {
        leaveInDoubt();

        assertThat(about(ClaimKind.PROBE, "p", "x")).isEqualTo(new ClaimDecision.Granted(2, true));
        assertThat(about(ClaimKind.PROBE, "q", "x")).isInstanceOf(ClaimDecision.Held.class);
        assertThat(about(ClaimKind.DECISION, "d", "x")).isInstanceOf(ClaimDecision.Held.class);
    }

    @Test
    void aProbeThatCouldNotTellLeavesTheDoubtAsItWas() {
        leaveInDoubt();
        about(ClaimKind.PROBE, "p", "x");
        books.release("a", "p");

        assertThat(stage(look())).isEqualTo(Doubt.Stage.OPEN);
        assertThat(stage(run("y", N2, 100))).isEqualTo(Doubt.Stage.OPEN);
        assertThat(about(ClaimKind.PROBE, "q", "x")).isEqualTo(new ClaimDecision.Granted(3, true));
    }

    @Test
    void doneEndsTheOccurrence() {
        leaveInDoubt();
        about(ClaimKind.PROBE, "p", "x");
        end("p", ClaimEnd.DONE);

        assertThat(look()).isEqualTo(new ClaimDecision.Settled(100, TestClaims.ending(ClaimEnd.DONE)));
        assertThat(run("y", N2, 100)).isInstanceOf(ClaimDecision.Settled.class);
        assertThat(run("z", N2, 101)).isInstanceOf(ClaimDecision.Granted.class);
        assertThat(run("w", N2, 100)).as("after the next run was granted").isInstanceOf(ClaimDecision.Held.class);
    }

    @Test
    void notDoneAllowsExactlyOneMoreStartOfThatOccurrenceAndOfNoOther() {
        leaveInDoubt();
        about(ClaimKind.PROBE, "p", "x");
        end("p", ClaimEnd.NOT_DONE);

        assertThat(stage(run("z", N2, 101))).as("another one first").isEqualTo(Doubt.Stage.NOT_DONE);
        assertThat(run("y", N2, 100)).isEqualTo(new ClaimDecision.Granted(3, true));
        end("y", ClaimEnd.FAILED);
        assertThat(ended(run("w", N2, 100))).isEqualTo(100);
    }

    @Test
    void theSecondStartMayBeInDoubtItself() {
        leaveInDoubt();
        about(ClaimKind.PROBE, "p", "x");
        end("p", ClaimEnd.NOT_DONE);
        run("y", N2, 100);
        books.book.certify(new DeathWord("n2", 22));

        var asker = new LeaseId("n3", 33, 1);
        assertThat(stage(ask("l", asker, TestClaims.occurrence(ClaimKind.LOOK, "a", Purpose.NO_OCCURRENCE))))
                .isEqualTo(Doubt.Stage.OPEN);
    }

    @Test
    void whatIsHeldIsNotProbedAgainButAPersonMayDecide() {
        leaveInDoubt();
        about(ClaimKind.PROBE, "p", "x");
        end("p", ClaimEnd.HELD);

        assertThat(stage(about(ClaimKind.PROBE, "q", "x"))).isEqualTo(Doubt.Stage.HELD);
        assertThat(about(ClaimKind.DECISION, "d", "x")).isInstanceOf(ClaimDecision.Granted.class);
        end("d", ClaimEnd.ABANDONED);
        assertThat(look()).isEqualTo(new ClaimDecision.Settled(100, TestClaims.ending(ClaimEnd.ABANDONED)));
    }

    @Test
    void aSecondPersonComesTooLate() {
        leaveInDoubt();
        about(ClaimKind.DECISION, "d", "x");
        end("d", ClaimEnd.NOT_DONE);

        assertThat(stage(about(ClaimKind.DECISION, "e", "x"))).isEqualTo(Doubt.Stage.NOT_DONE);
    }

    @Test
    void nobodyDecidesAboutAClaimThatIsNotInDoubt() {
        leaveInDoubt();

        assertThat(stage(about(ClaimKind.DECISION, "d", "of-another-try"))).isEqualTo(Doubt.Stage.OPEN);
    }

    @Test
    void verdictsAreKeptWhenTheTaskHasGoneOn() {
        leaveInDoubt();
        about(ClaimKind.DECISION, "d", "x");
        end("d", ClaimEnd.DONE);
        run("y", N2, 101);

        assertThat(books.book.verdicts()).extracting(Claim::claimId).containsExactly("d");
        assertThat(books.book.verdicts().get(0).ending()).isEqualTo(TestClaims.ending(ClaimEnd.DONE));
    }

    // ---- level exclusive

    @Test
    void anOccurrenceOfLevelExclusiveThatHasEndedIsNotRepeatedAfterAStepOfTheClock() {
        long hour = 3_600_000;
        ask("x", N1, TestClaims.occurrence(ClaimKind.EXCLUSIVE, "a", 100 * hour));
        end("x", ClaimEnd.SUCCEEDED);

        assertThat(ask("y", N2, TestClaims.occurrence(ClaimKind.EXCLUSIVE, "a", 99 * hour)))
                .isInstanceOf(ClaimDecision.Settled.class);
    }

    @Test
    void atLevelExclusiveAWrongClockDoesNotStopTheTaskForEver() {
        ask("x", N1, TestClaims.occurrence(ClaimKind.EXCLUSIVE, "a", Long.MAX_VALUE / 2));
        end("x", ClaimEnd.SUCCEEDED);

        assertThat(ask("y", N2, TestClaims.occurrence(ClaimKind.EXCLUSIVE, "a", 1_000)))
                .isInstanceOf(ClaimDecision.Granted.class);
        end("y", ClaimEnd.SUCCEEDED);
        assertThat(ask("z", N2, TestClaims.occurrence(ClaimKind.EXCLUSIVE, "a", 1_000)))
                .as("from there on nothing is repeated")
                .isInstanceOf(ClaimDecision.Settled.class);
        assertThat(run("w", N2, 999)).as("level once").isInstanceOf(ClaimDecision.Settled.class);
    }

    @Test
    void aTryOfLevelExclusiveThatIsFollowedByAnotherMayBeClaimedAgain() {
        ask("x", N1, TestClaims.occurrence(ClaimKind.EXCLUSIVE, "a", 100));
        books.release("a", "x");

        assertThat(ask("y", N1, TestClaims.occurrence(ClaimKind.EXCLUSIVE, "a", 100)))
                .isInstanceOf(ClaimDecision.Granted.class);
    }
}
