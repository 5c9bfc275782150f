package io.rota.scheduler.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.membership.Member;
import io.rota.membership.MemberMetadata;
import io.rota.membership.MemberState;
import io.rota.membership.MembershipView;
import io.rota.membership.Participation;
import io.rota.scheduler.Guarantee;
import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.TaskFile;
import io.rota.scheduler.TaskOutline;
import io.rota.scheduler.engine.Tasks;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FileInForceTest {
    private static final TaskDefinition A = Tasks.service("a");
    private static final TaskDefinition B = Tasks.service("b");
    private static final TaskDefinition OTHER_B = B.with(Guarantee.EXCLUSIVE);
    private static final TaskFile OLD = new TaskFile(0, List.of(A, B));
    private static final TaskFile NEW = new TaskFile(0, List.of(A, OTHER_B));

    private static Member member(String name, TaskFile file) {
        var metadata = new MemberMetadata(
                "", "", "", Map.of(), 1000, 1, Participation.ACTIVE, "", file.revision(), file.digest(), true);
        return new Member(
                name, 1, 1, MemberState.ALIVE, new InetSocketAddress(InetAddress.getLoopbackAddress(), 7700), metadata);
    }

    private static MembershipView view(TaskFile... files) {
        var members = new ArrayList<Member>();
        for (var file : files) {
            members.add(member("n" + (members.size() + 1), file));
        }
        return new MembershipView(1, 1, members);
    }

    private static Map<Long, List<TaskOutline>> known(TaskFile... files) {
        var known = new TreeMap<Long, List<TaskOutline>>();
        for (var file : files) {
            known.put(file.digest(), file.outlines());
        }
        return known;
    }

    private static FileInForce inForce(MembershipView view, TaskFile own, TaskFile... others) {
        var known = known(others);
        known.put(own.digest(), own.outlines());
        return FileInForce.of(view, known, own.digest());
    }

    @Test
    void equalFilesHaveEqualDigestsHoweverTheyAreOrdered() {
        assertThat(new TaskFile(0, List.of(B, A)).digest()).isEqualTo(OLD.digest());
        assertThat(NEW.digest()).isNotEqualTo(OLD.digest());
        assertThat(new TaskFile(0, List.of(A)).digest()).isNotEqualTo(OLD.digest());
    }

    @Test
    void theFileThatMostMembersHoldIsInForce() {
        assertThat(inForce(view(OLD, OLD, NEW), NEW, OLD).digest()).isEqualTo(OLD.digest());
        assertThat(inForce(view(OLD, NEW, NEW), OLD, NEW).digest()).isEqualTo(NEW.digest());
    }

    @Test
    void aHigherRevisionIsInForceHoweverFewHoldIt() {
        var newest = new TaskFile(7, NEW.tasks());

        assertThat(inForce(view(OLD, OLD, newest), OLD, newest).digest()).isEqualTo(newest.digest());
    }

    @Test
    void amongEqualsTheGreaterDigestIsInForceSoThatAllNodesAgree() {
        long greater = Long.compareUnsigned(OLD.digest(), NEW.digest()) > 0 ? OLD.digest() : NEW.digest();

        assertThat(inForce(view(OLD, NEW), OLD, NEW).digest()).isEqualTo(greater);
        assertThat(inForce(view(OLD, NEW), NEW, OLD).digest()).isEqualTo(greater);
    }

    @Test
    void aFileWhoseTasksAreNotKnownYetIsNotInForce() {
        assertThat(inForce(view(NEW, NEW, OLD), OLD).digest()).isEqualTo(OLD.digest());
    }

    @Test
    void aTaskBelongsOnlyToMembersThatDefineItAsInForce() {
        // n3 defines b otherwise: whatever the ring would prefer, b is placed on n1 or n2.
        for (int i = 0; i < 40; i++) {
            var mine = Tasks.service("t" + i);
            var file = new TaskFile(0, List.of(A, mine));
            var drifted = new TaskFile(0, List.of(A, mine.with(Guarantee.EXCLUSIVE)));
            var view = view(file, file, drifted);
            var ring = ClusterRing.of(view, inForce(view, file, drifted));

            assertThat(ring.placement().ownerOf("t" + i)).isPresent().get().isNotEqualTo("n3");
            assertThat(ring.targetsOf("n3", drifted.outlines()).owned()).doesNotContain("t" + i);
        }
    }

    @Test
    void aTaskThatAllDefineAlikeMayBelongToAMemberThatDriftsInAnother() {
        var owners = new ArrayList<String>();
        for (int i = 0; i < 40; i++) {
            var same = Tasks.service("t" + i);
            var file = new TaskFile(0, List.of(same, B));
            var drifted = new TaskFile(0, List.of(same, OTHER_B));
            var view = view(file, file, drifted);
            owners.add(ClusterRing.of(view, inForce(view, file, drifted))
                    .placement()
                    .ownerOf("t" + i)
                    .orElse(""));
        }

        assertThat(owners).contains("n3");
    }

    @Test
    void aTaskThatIsNotInTheFileInForceIsGoneForWhoeverDefinesIt() {
        var more = new TaskFile(0, List.of(A, B, Tasks.service("c")));
        var view = view(OLD, OLD, more);

        var targets = ClusterRing.of(view, inForce(view, more, OLD)).targetsOf("n3", more.outlines());

        assertThat(targets.gone()).containsExactly("c");
        assertThat(targets.owned()).doesNotContain("c");
    }

    @Test
    void whoHasReadANewFileOwnsNothingThatItDefinesOtherwiseEvenBeforeTheViewSaysSo() {
        var view = view(OLD);

        var targets = ClusterRing.of(view, inForce(view, OLD)).targetsOf("n1", NEW.outlines());

        assertThat(targets.owned()).containsExactly("a");
    }
}
