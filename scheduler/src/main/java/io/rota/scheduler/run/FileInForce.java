package io.rota.scheduler.run;

import io.rota.membership.Member;
import io.rota.membership.MembershipView;
import io.rota.scheduler.TaskFile;
import io.rota.scheduler.TaskOutline;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which of the task files that the live members hold is in force: the one with the highest revision, among equals the
 * one that most live members hold, then the one with the greater digest. A function of the view, so that all nodes place
 * the same tasks. Only members that hold the same definition of a task are eligible for it. Immutable.
 *
 * @param digest of the file in force
 * @param tasks its tasks, by name
 * @param holderTags by task, a tag that only the members carry which define it alike; absent where all do
 * @param tagsOfFile by digest, the holder tags that its members carry
 */
public record FileInForce(
        long digest,
        SortedMap<String, TaskOutline> tasks,
        Map<String, String> holderTags,
        Map<Long, Set<String>> tagsOfFile) {

    /** Value of every holder tag. */
    static final String HELD = "held";
    /** Readable, since it is shown where a node is not eligible for the lack of it. */
    private static final String PREFIX = "definition in force, group ";

    /**
     * Chooses the file.
     *
     * @param outlines what is known of the files, by digest
     * @param ownDigest of a file that is known, and in force while no live member's file is
     */
    static FileInForce of(MembershipView view, Map<Long, List<TaskOutline>> outlines, long ownDigest) {
        var counts = new TreeMap<Long, Integer>();
        var revisions = new HashMap<Long, Long>();
        for (Member member : view.live()) {
            counts.merge(member.metadata().configDigest(), 1, Integer::sum);
            revisions.merge(member.metadata().configDigest(), member.metadata().configRevision(), Math::max);
        }
        long digest = counts.keySet().stream()
                .filter(outlines::containsKey)
                .max(Comparator.comparingLong((Long known) -> revisions.getOrDefault(known, 0L))
                        .thenComparingInt(known -> counts.getOrDefault(known, 0))
                        .thenComparing(Long::compareUnsigned))
                .orElse(ownDigest);
        var tasks = byName(outlines.getOrDefault(digest, List.of()));
        var others = new TreeSet<>(counts.keySet());
        others.remove(digest);
        return others.isEmpty()
                ? new FileInForce(digest, tasks, Map.of(), Map.of())
                : withHolders(digest, tasks, others, outlines);
    }

    /** The file of a cluster in which every member holds the same. */
    static FileInForce of(TaskFile file) {
        return new FileInForce(file.digest(), byName(file.outlines()), Map.of(), Map.of());
    }

    /** A file that nobody holds yet, as if all did. */
    static FileInForce of(List<TaskOutline> tasks) {
        return new FileInForce(0, byName(tasks), Map.of(), Map.of());
    }

    private static SortedMap<String, TaskOutline> byName(List<TaskOutline> outlines) {
        var tasks = new TreeMap<String, TaskOutline>();
        outlines.forEach(task -> tasks.put(task.name(), task));
        return Collections.unmodifiableSortedMap(tasks);
    }

    /** Tasks that the same files define alike share a tag, so that there are as many tags as groups of files. */
    private static FileInForce withHolders(
            long digest,
            SortedMap<String, TaskOutline> tasks,
            Set<Long> others,
            Map<Long, List<TaskOutline>> outlines) {
        Map<Long, SortedMap<String, TaskOutline>> files = new TreeMap<>();
        others.forEach(other -> files.put(other, byName(outlines.getOrDefault(other, List.of()))));
        var tagOfGroup = new TreeMap<List<Long>, String>(Comparator.comparing(List::toString));
        var holderTags = new TreeMap<String, String>();
        var tagsOfFile = new TreeMap<Long, Set<String>>();
        for (var task : tasks.values()) {
            var alike = new ArrayList<Long>();
            files.forEach((other, defined) -> {
                var there = defined.get(task.name());
                if (there != null && there.fingerprint() == task.fingerprint()) {
                    alike.add(other);
                }
            });
            if (alike.size() < others.size()) {
                var tag = tagOfGroup.computeIfAbsent(List.copyOf(alike), group -> PREFIX + tagOfGroup.size());
                holderTags.put(task.name(), tag);
                alike.add(digest);
                alike.forEach(holder -> tagsOfFile
                        .computeIfAbsent(holder, file -> new TreeSet<>())
                        .add(tag));
            }
        }
        return new FileInForce(digest, tasks, holderTags, tagsOfFile);
    }

    /** True if this definition is the one in force. */
    boolean defines(TaskOutline task) {
        return task.equals(tasks.get(task.name()));
    }

    Optional<String> holderTag(String task) {
        return Optional.ofNullable(holderTags.get(task));
    }

    Set<String> holderTagsOf(long fileDigest) {
        return tagsOfFile.getOrDefault(fileDigest, Set.of());
    }
}
