package io.rota.scheduler.run;

import io.rota.scheduler.arbitration.ArbiterList;
import io.rota.scheduler.arbitration.Claim;
import io.rota.scheduler.arbitration.ClaimDecision;
import io.rota.scheduler.arbitration.ClaimRequest;
import io.rota.scheduler.arbitration.Ending;
import io.rota.scheduler.arbitration.Lease;
import io.rota.scheduler.arbitration.Purpose;
import io.rota.scheduler.engine.ClaimAnswer;
import io.rota.scheduler.peer.KnownArbiters;
import io.rota.scheduler.peer.PeerAnswer;
import io.rota.scheduler.peer.PeerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's side of arbitration: asks an arbiter for claims, another one when it is silent, and tells all of them of
 * every claim that is over until a majority has heard it. Confined to the scheduler thread; answers come back through
 * {@code post}.
 */
final class Claims {
    private static final Logger LOG = LoggerFactory.getLogger(Claims.class);
    /** Longer than an arbiter takes for a decision, so that silence means silence. */
    private static final Duration CLAIM_LIMIT = Duration.ofMillis(3_500);

    private static final Duration RELEASE_LIMIT = Duration.ofMillis(700);
    /** Most claims that are asked for at the same time, and most whose end is told. */
    static final int AT_ONCE = 8;

    private static final int MAX_RELEASES = 10_000;

    private final String self;
    private final KnownArbiters arbiters;
    private final Consumer<Runnable> post;
    private final Map<String, Release> releases = new LinkedHashMap<>();
    private final Turns asks = new Turns(AT_ONCE);
    private final Turns tells = new Turns(AT_ONCE);
    private int silences;

    private final Set<String> asked = new HashSet<>();
    private final Map<String, Claim> granted = new HashMap<>();
    private final Map<String, Claim> ended = new LinkedHashMap<>();

    private static final class Release {
        private final PeerRequest.ToArbiter request;
        private final Runnable onHeard;
        private final Set<String> heardBy = new HashSet<>();
        private long epoch;
        private boolean asking;

        Release(PeerRequest.ToArbiter request, Runnable onHeard) {
            this.request = request;
            this.onHeard = onHeard;
        }
    }

    Claims(String self, KnownArbiters arbiters, Consumer<Runnable> post) {
        this.self = self;
        this.arbiters = arbiters;
        this.post = post;
    }

    void ask(String claimId, Purpose purpose, Lease lease, long nowNanos, Consumer<ClaimAnswer> onAnswer) {
        if (lease.remainingNanos(nowNanos) == 0) {
            onAnswer.accept(new ClaimAnswer.NotAsked("this node has no lease: no majority of the arbiters ("
                    + String.join(", ", arbiters.list().names()) + ") has granted one"));
            return;
        }
        asked.add(claimId);
        var request = new ClaimRequest(claimId, lease.id(), purpose);
        asks.take(() -> send(request, onAnswer));
    }

    private void send(ClaimRequest request, Consumer<ClaimAnswer> onAnswer) {
        var list = arbiters.list();
        var arbiter = nextOf(list);
        arbiters.ask(
                list,
                arbiter,
                new PeerRequest.AskClaim(request),
                CLAIM_LIMIT,
                answer -> post.accept(() -> onAnswered(request, list, arbiter, answer, onAnswer)));
    }

    /** An arbiter asks itself first; the others spread over the list by their name. */
    private String nextOf(ArbiterList list) {
        var names = list.names();
        int own = names.indexOf(self);
        return names.get(Math.floorMod((own < 0 ? self.hashCode() : own) + silences, names.size()));
    }

    private void onAnswered(
            ClaimRequest request,
            ArbiterList list,
            String arbiter,
            Optional<PeerAnswer> answer,
            Consumer<ClaimAnswer> onAnswer) {
        boolean nothingHappened = answer.isPresent() && answer.get() instanceof PeerAnswer.LaterList;
        if (nothingHappened && arbiters.list().epoch() > list.epoch()) {
            send(request, onAnswer);
        } else {
            var judged = judge(request, arbiter, answer);
            asks.done();
            onAnswer.accept(judged);
        }
    }

    private ClaimAnswer judge(ClaimRequest request, String arbiter, Optional<PeerAnswer> answer) {
        asked.remove(request.claimId());
        if (answer.isEmpty() || !(answer.get() instanceof PeerAnswer.Decided decided)) {
            silences++;
            return new ClaimAnswer.Unavailable("arbiter " + arbiter + " did not answer");
        }
        var decision = decided.decision();
        if (decision instanceof ClaimDecision.Granted grant) {
            granted.put(
                    request.claimId(),
                    new Claim(request.claimId(), grant.token(), request.lease(), request.purpose(), Ending.OPEN));
            return new ClaimAnswer.Granted(grant.token());
        }
        if (decision instanceof ClaimDecision.Held held) {
            return new ClaimAnswer.Held(held.reason());
        }
        if (decision instanceof ClaimDecision.InDoubt inDoubt) {
            return new ClaimAnswer.InDoubt(inDoubt.doubt());
        }
        if (decision instanceof ClaimDecision.Settled settled) {
            return new ClaimAnswer.Settled(settled.endedMillis(), settled.lastWord());
        }
        return new ClaimAnswer.Unavailable(((ClaimDecision.Unavailable) decision).reason());
    }

    /**
     * Tells the arbiters how a claim has ended that they had granted to this node.
     *
     * @param onHeard called on the scheduler thread once a majority has heard it
     */
    void end(String claimId, Ending ending, Runnable onHeard) {
        var claim = granted.remove(claimId);
        if (claim == null) {
            throw new IllegalStateException("claim " + claimId + " was not granted to this node");
        }
        var over = claim.ended(ending);
        ended.put(claimId, over);
        if (ended.size() > MAX_RELEASES) {
            ended.remove(ended.keySet().iterator().next());
        }
        tell(claimId, new PeerRequest.EndClaim(over), onHeard);
    }

    /** A book lists a claim as open that this node does not hold: what has become of it is told once more. */
    void repeat(String task, String claimId) {
        if (asked.contains(claimId) || granted.containsKey(claimId) || releases.containsKey(claimId)) {
            return;
        }
        var over = ended.get(claimId);
        if (over == null) {
            release(task, claimId);
        } else {
            tell(claimId, new PeerRequest.EndClaim(over), () -> {});
        }
    }

    /** Tells the arbiters that the claim is given up, granted or not: nothing was started, or another try follows. */
    void release(String task, String claimId) {
        granted.remove(claimId);
        tell(claimId, new PeerRequest.ReleaseClaim(task, claimId), () -> {});
    }

    private void tell(String claimId, PeerRequest.ToArbiter request, Runnable onHeard) {
        // Ends are as few as the claims that were granted; a run of level once waits for its own to be heard.
        if (releases.size() >= MAX_RELEASES && request instanceof PeerRequest.ReleaseClaim) {
            LOG.warn(
                    "more than {} releases wait for the arbiters: claim={} ends with the lease", MAX_RELEASES, claimId);
            return;
        }
        var release = releases.computeIfAbsent(claimId, id -> new Release(request, onHeard));
        if (!release.asking) {
            sendRelease(claimId, release);
        }
    }

    /** True while a majority has not heard of some release. */
    boolean hasReleases() {
        return !releases.isEmpty();
    }

    /** Sends what has not been heard yet; called once a second. */
    void sendReleases() {
        for (var claimId : new ArrayList<>(releases.keySet())) {
            var release = releases.get(claimId);
            if (release != null && !release.asking) {
                sendRelease(claimId, release);
            }
        }
    }

    private void sendRelease(String claimId, Release release) {
        var list = arbiters.list();
        if (release.epoch != list.epoch()) {
            // Who heard it under an earlier list may have left; whoever has it says so once more.
            release.epoch = list.epoch();
            release.heardBy.clear();
        }
        var open = new ArrayList<>(list.names());
        open.removeAll(release.heardBy);
        release.asking = true;
        tells.take(() -> sendRelease(claimId, release, list, open));
    }

    private void sendRelease(String claimId, Release release, ArbiterList list, List<String> open) {
        var left = new int[] {open.size()};
        for (var arbiter : open) {
            arbiters.ask(
                    list,
                    arbiter,
                    release.request,
                    RELEASE_LIMIT,
                    answer -> post.accept(() -> heard(claimId, release, list, arbiter, answer, --left[0] == 0)));
        }
    }

    private void heard(
            String claimId,
            Release release,
            ArbiterList list,
            String arbiter,
            Optional<PeerAnswer> answer,
            boolean last) {
        if (release.epoch == list.epoch()
                && answer.isPresent()
                && answer.get() instanceof PeerAnswer.Done done
                && done.yes()) {
            release.heardBy.add(arbiter);
        }
        if (last) {
            release.asking = false;
            tells.done();
        }
        // A majority ends it: an arbiter that was away lists the claim at the next renewal and hears of it then.
        if (release.heardBy.size() >= list.majority() && releases.remove(claimId, release)) {
            release.onHeard.run();
        }
    }
}
