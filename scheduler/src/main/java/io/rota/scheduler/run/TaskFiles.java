package io.rota.scheduler.run;

import io.rota.membership.Member;
import io.rota.membership.MembershipView;
import io.rota.scheduler.TaskFile;
import io.rota.scheduler.TaskOutline;
import io.rota.scheduler.peer.PeerAnswer;
import io.rota.scheduler.peer.PeerCalls;
import io.rota.scheduler.peer.PeerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's task file, and the outlines of those that other live members hold: each member gossips only the digest of
 * its file, and what is behind a digest is asked for once. Thread-safe.
 */
public final class TaskFiles {
    private static final Logger LOG = LoggerFactory.getLogger(TaskFiles.class);
    private static final Duration CALL_LIMIT = Duration.ofSeconds(2);
    /** Tasks in one answer, so that an answer stays far below what a peer accepts. */
    private static final int PAGE = 2_000;
    /** Files kept beside our own; a cluster with more in use is in no state to be placed. */
    private static final int MAX_FILES = 64;

    private final String self;
    private final Runnable onChange;
    private final Map<Long, List<TaskOutline>> known = new HashMap<>();
    private final Set<Long> asking = new HashSet<>();
    private TaskFile own;
    // Worked out once: a fingerprint of every task is not for nothing, and both are asked for all the time.
    private List<TaskOutline> ownOutlines;
    private long ownDigest;

    /** @param onChange told when something has become known that may change the ring */
    public TaskFiles(String self, TaskFile own, Runnable onChange) {
        this.self = self;
        this.own = own;
        this.ownOutlines = own.outlines();
        this.ownDigest = own.digest();
        this.onChange = onChange;
    }

    public synchronized TaskFile own() {
        return own;
    }

    /** This node has read another file. */
    public synchronized void replace(TaskFile file) {
        own = file;
        ownOutlines = file.outlines();
        ownDigest = file.digest();
    }

    /** What this node's file defines, by name. */
    public synchronized List<TaskOutline> ownOutlines() {
        return ownOutlines;
    }

    /** True for the digest of this node's own file. */
    public boolean isOwn(long digest) {
        return digest == ownDigest();
    }

    synchronized long ownDigest() {
        return ownDigest;
    }

    /** Outlines by digest, this node's own file included. */
    synchronized Map<Long, List<TaskOutline>> outlines() {
        var all = new HashMap<>(known);
        all.put(ownDigest, ownOutlines);
        return all;
    }

    /** What is asked for by {@link PeerRequest.AskOutlines}; empty if the digest is not that of this node's file. */
    synchronized List<TaskOutline> page(long digest, String after) {
        return digest != ownDigest
                ? List.of()
                : ownOutlines.stream()
                        .filter(outline -> outline.name().compareTo(after) > 0)
                        .limit(PAGE)
                        .toList();
    }

    /** Forgets files that nobody holds any more, and asks for those that are not known. To be called again and again. */
    public void learn(MembershipView view, PeerCalls peers) {
        for (var member : forgetAndMiss(view)) {
            ask(peers, member.name(), member.metadata().configDigest(), "", new ArrayList<>());
        }
    }

    private synchronized List<Member> forgetAndMiss(MembershipView view) {
        var inUse = view.live().stream()
                .collect(Collectors.toMap(
                        member -> member.metadata().configDigest(), Function.identity(), (one, other) -> one));
        known.keySet().retainAll(inUse.keySet());
        inUse.remove(0L);
        inUse.remove(ownDigest);
        inUse.keySet().removeAll(known.keySet());
        var missing = inUse.entrySet().stream()
                .filter(entry -> !entry.getValue().name().equals(self))
                .filter(entry -> known.size() + asking.size() < MAX_FILES && asking.add(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        return missing;
    }

    private void ask(PeerCalls peers, String member, long digest, String after, List<TaskOutline> soFar) {
        peers.ask(
                member,
                new PeerRequest.AskOutlines(digest, after),
                CALL_LIMIT,
                answer -> onAnswer(peers, member, digest, soFar, answer));
    }

    private void onAnswer(
            PeerCalls peers, String member, long digest, List<TaskOutline> soFar, Optional<PeerAnswer> answer) {
        if (answer.isEmpty() || !(answer.get() instanceof PeerAnswer.Outlines page)) {
            synchronized (this) {
                asking.remove(digest);
            }
            return;
        }
        soFar.addAll(page.outlines());
        if (page.outlines().size() == PAGE) {
            ask(peers, member, digest, soFar.get(soFar.size() - 1).name(), soFar);
            return;
        }
        synchronized (this) {
            asking.remove(digest);
            // A member that has changed its file meanwhile answers with nothing, and is asked for its new digest.
            if (page.digest() == digest) {
                known.put(digest, List.copyOf(soFar));
                LOG.info(
                        "a member holds another task file member={} digest={} tasks={}",
                        member,
                        Long.toHexString(digest),
                        soFar.size());
            }
        }
        onChange.run();
    }
}
