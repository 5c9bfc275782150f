package io.rota.scheduler.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.membership.Member;
import io.rota.membership.MemberMetadata;
import io.rota.membership.MemberState;
import io.rota.membership.MembershipView;
import io.rota.membership.Participation;
import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.TaskFile;
import io.rota.scheduler.engine.Tasks;
import io.rota.scheduler.peer.PeerAnswer;
import io.rota.scheduler.peer.PeerCalls;
import io.rota.scheduler.peer.PeerRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TaskFilesTest {
    private static final TaskFile OWN = new TaskFile(0, List.of(Tasks.service("a")));

    private final List<PeerRequest> asked = new ArrayList<>();
    private int changes;

    private static MembershipView view(TaskFile other) {
        var metadata = new MemberMetadata(
                "", "", "", Map.of(), 1000, 1, Participation.ACTIVE, "", other.revision(), other.digest(), true);
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 7700);
        return new MembershipView(1, 1, List.of(new Member("n2", 1, 1, MemberState.ALIVE, address, metadata)));
    }

    private TaskFiles files() {
        return new TaskFiles("n1", OWN, () -> changes++);
    }

    /** A member that holds this file and answers at once. */
    private PeerCalls holderOf(TaskFile file) {
        var there = new TaskFiles("n2", file, () -> {});
        return (member, request, limit, onAnswer) -> {
            asked.add(request);
            var ask = (PeerRequest.AskOutlines) request;
            onAnswer.accept(Optional.of(new PeerAnswer.Outlines(file.digest(), there.page(ask.digest(), ask.after()))));
        };
    }

    private static TaskFile large(int tasks) {
        List<TaskDefinition> all = IntStream.range(0, tasks)
                .mapToObj(i -> Tasks.service(String.format("t%06d", i)))
                .toList();
        return new TaskFile(0, all);
    }

    @Test
    void anUnknownFileIsAskedForPageByPageOnceAndThenKnown() {
        var files = files();
        var other = large(4_500);

        files.learn(view(other), holderOf(other));
        files.learn(view(other), holderOf(other));

        assertThat(asked).hasSize(3);
        assertThat(files.outlines().get(other.digest())).isEqualTo(other.outlines());
        assertThat(changes).isEqualTo(1);
    }

    @Test
    void aMemberThatDoesNotAnswerIsAskedAgain() {
        var files = files();
        var other = large(3);
        files.learn(view(other), (member, request, limit, onAnswer) -> onAnswer.accept(Optional.empty()));

        files.learn(view(other), holderOf(other));

        assertThat(files.outlines()).containsKey(other.digest());
    }

    @Test
    void aFileThatNobodyHoldsAnyMoreIsForgotten() {
        var files = files();
        var other = large(3);
        files.learn(view(other), holderOf(other));

        files.learn(view(OWN), holderOf(OWN));

        assertThat(files.outlines()).containsOnlyKeys(OWN.digest());
    }

    @Test
    void aMemberWhoseFileHasChangedMeanwhileTeachesNothingFalse() {
        var files = files();
        var other = large(3);

        files.learn(view(other), holderOf(large(4)));

        assertThat(files.outlines()).doesNotContainKey(other.digest());
    }

    @Test
    void ofAFileThatIsNotHeldThereIsNothingToSay() {
        assertThat(files().page(OWN.digest() + 1, "")).isEmpty();
        assertThat(files().page(OWN.digest(), "")).hasSize(1);
        assertThat(files().page(OWN.digest(), "a")).isEmpty();
    }
}
