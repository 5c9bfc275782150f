package io.rota.scheduler.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.scheduler.arbitration.LeaseId;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** In whose name a request speaks. A new kind of request has to be put on one of the two lists. */
final class PeerRequestTest {
    private static final Set<Class<?>> IN_THEIR_SENDERS_NAME = Set.of(
            PeerRequest.YieldTasks.class,
            PeerRequest.AskClaim.class,
            PeerRequest.RenewLease.class,
            PeerRequest.EndClaim.class,
            PeerRequest.TellDeath.class,
            PeerRequest.CopyBook.class,
            PeerRequest.CompareBooks.class,
            PeerRequest.ExchangeLists.class);
    private static final Set<Class<?>> IN_NOBODYS_NAME = Set.of(
            PeerRequest.ReadBook.class,
            PeerRequest.WriteBook.class,
            PeerRequest.ReleaseClaim.class,
            PeerRequest.RevokeLease.class,
            PeerRequest.PrepareList.class,
            PeerRequest.AcceptList.class,
            PeerRequest.Numbered.class,
            PeerRequest.AskReport.class,
            PeerRequest.AskOutlines.class,
            PeerRequest.TellCycles.class,
            PeerRequest.BeginRun.class,
            PeerRequest.DrainNode.class);

    @Test
    void everyRequestSpeaksInItsSendersNameOrInNobodys() {
        assertThat(IN_THEIR_SENDERS_NAME).isEqualTo(kinds(Optional::isPresent));
        assertThat(IN_NOBODYS_NAME).isEqualTo(kinds(Optional::isEmpty));
        assertThat(Messages.kindsOfRequests())
                .allMatch(kind -> IN_THEIR_SENDERS_NAME.contains(kind) || IN_NOBODYS_NAME.contains(kind));
    }

    private static Set<Class<?>> kinds(Predicate<Optional<String>> speaker) {
        return Messages.requests().stream()
                .filter(request -> speaker.test(request.speaker()))
                .map(Object::getClass)
                .collect(Collectors.toSet());
    }

    @Test
    void aNumberedRequestSpeaksForWhomeverItsOwnRequestDoes() {
        var renewal = new PeerRequest.RenewLease(new LeaseId("n1", 1, 1));
        var revocation = new PeerRequest.RevokeLease(new LeaseId("n1", 1, 1));

        assertThat(new PeerRequest.Numbered(2, renewal).speaker()).contains("n1");
        assertThat(new PeerRequest.Numbered(2, renewal).isAmongArbiters()).isFalse();
        assertThat(new PeerRequest.Numbered(2, revocation).isAmongArbiters()).isTrue();
    }
}
