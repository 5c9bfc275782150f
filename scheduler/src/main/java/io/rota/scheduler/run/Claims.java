package io.rota.scheduler.run;

import io.rota.scheduler.TaskDefinition;
import io.rota.scheduler.arbitration.ClaimDecision;
import io.rota.scheduler.arbitration.ClaimRequest;
import io.rota.scheduler.arbitration.Lease;
import io.rota.scheduler.arbitration.LeaseId;
import io.rota.scheduler.engine.ClaimAnswer;
import io.rota.scheduler.engine.Effect;
import io.rota.scheduler.peer.PeerAnswer;
import io.rota.scheduler.peer.PeerCalls;
import io.rota.scheduler.peer.PeerRequest;
import java.time.Duration;
import java.util.ArrayList;
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
    private static final int MAX_RELEASES = 10_000;

    private final List<String> arbiters;
    private final PeerCalls peers;
    private final Consumer<Runnable> post;
    private final Map<String, Release> releases = new LinkedHashMap<>();
    private int nextArbiter;

    private static final class Release {
        private final String task;
        private final Set<String> heardBy = new HashSet<>();
        private boolean asking;

        Release(String task) {
            this.task = task;
        }
    }

    Claims(String self, List<String> arbiters, PeerCalls peers, Consumer<Runnable> post) {
        this.arbiters = List.copyOf(arbiters);
        this.peers = peers;
        this.post = post;
        // An arbiter asks itself first; the others spread over the list by their name.
        this.nextArbiter = arbiters.contains(self)
                ? arbiters.indexOf(self)
                : Math.floorMod(self.hashCode(), Math.max(1, arbiters.size()));
    }

    void ask(Effect.AskClaim ask, Lease lease, long nowNanos, Consumer<ClaimAnswer> onAnswer) {
        if (lease.remainingNanos(nowNanos) == 0) {
            onAnswer.accept(new ClaimAnswer.NotAsked("this node has no lease: no majority of the arbiters ("
                    + String.join(", ", arbiters) + ") has granted one"));
            return;
        }
        var arbiter = arbiters.get(nextArbiter);
        peers.ask(
                arbiter,
                new PeerRequest.AskClaim(request(ask.claimId(), ask.task(), lease.id(), ask.runId())),
                CLAIM_LIMIT,
                answer -> post.accept(() -> onAnswer.accept(judge(arbiter, answer))));
    }

    private static ClaimRequest request(String claimId, TaskDefinition task, LeaseId lease, String runId) {
        return new ClaimRequest(claimId, task.name(), lease, runId, task.fingerprint());
    }

    private ClaimAnswer judge(String arbiter, Optional<PeerAnswer> answer) {
        if (answer.isPresent() && answer.get() instanceof PeerAnswer.Decided decided) {
            if (decided.decision() instanceof ClaimDecision.Granted granted) {
                return new ClaimAnswer.Granted(granted.token());
            }
            if (decided.decision() instanceof ClaimDecision.Held held) {
                return new ClaimAnswer.Held(held.reason());
            }
            var reason = ((ClaimDecision.Unavailable) decided.decision()).reason();
            return new ClaimAnswer.Unavailable(reason);
        }
        nextArbiter = (nextArbiter + 1) % arbiters.size();
        return new ClaimAnswer.Unavailable("arbiter " + arbiter + " did not answer");
    }

    /** Tells the arbiters that the claim is over. */
    void release(String task, String claimId) {
        if (releases.size() >= MAX_RELEASES) {
            LOG.warn(
                    "more than {} releases wait for the arbiters: claim={} ends with the lease", MAX_RELEASES, claimId);
            return;
        }
        var release = releases.computeIfAbsent(claimId, id -> new Release(task));
        if (!release.asking) {
            sendRelease(claimId, release);
        }
    }

    /** True while the arbiters have not all heard that it is over. */
    boolean isReleasing(String claimId) {
        return releases.containsKey(claimId);
    }

    /** True while a majority has not heard of some release. */
    boolean hasReleases() {
        return releases.values().stream().anyMatch(release -> release.heardBy.size() <= arbiters.size() / 2);
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
        var open = new ArrayList<>(arbiters);
        open.removeAll(release.heardBy);
        release.asking = true;
        var left = new int[] {open.size()};
        for (var arbiter : open) {
            peers.ask(
                    arbiter,
                    new PeerRequest.ReleaseClaim(release.task, claimId),
                    RELEASE_LIMIT,
                    answer -> post.accept(() -> heard(claimId, release, arbiter, answer, --left[0] == 0)));
        }
    }

    private void heard(String claimId, Release release, String arbiter, Optional<PeerAnswer> answer, boolean last) {
        if (answer.isPresent() && answer.get() instanceof PeerAnswer.Done done && done.yes()) {
            release.heardBy.add(arbiter);
        }
        if (last) {
            release.asking = false;
            // A majority ends it: an arbiter that was away lists the claim at the next renewal and hears of it then.
            if (release.heardBy.size() > arbiters.size() / 2) {
                releases.remove(claimId);
            }
        }
    }
}
