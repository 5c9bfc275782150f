package io.rota.scheduler.run;

import io.rota.membership.MemberState;
import io.rota.membership.MembershipView;
import io.rota.membership.Participation;
import io.rota.scheduler.run.OrphanDetector.Alarm;
import io.rota.scheduler.view.ArbitrationView;
import io.rota.scheduler.view.Notice;
import io.rota.scheduler.view.Notice.Severity;
import io.rota.scheduler.view.TaskView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a person should know now, worst first. Pure. */
final class Notices {
    private Notices() {}

    static List<Notice> of(ClusterRing ring, List<TaskView> tasks, ArbitrationView arbitration, List<Alarm> alarms) {
        var notices = new ArrayList<Notice>();
        alarms.forEach(alarm -> notices.add(new Notice(Severity.ERROR, code(alarm.kind()), text(alarm))));
        aboutTasks(notices, tasks);
        aboutArbitration(notices, arbitration, tasks);
        aboutMembers(notices, ring.view());
        aboutDrift(notices, ring);
        notices.sort(Comparator.comparing(Notice::severity));
        return notices;
    }

    private static String code(OrphanDetector.Kind kind) {
        return switch (kind) {
            case RUNS_NOWHERE -> "runs_nowhere";
            case RUNS_TWICE -> "runs_twice";
            case NODE_SILENT -> "node_silent";
        };
    }

    private static String text(Alarm alarm) {
        return switch (alarm.kind()) {
            case RUNS_NOWHERE -> alarm.about() + " runs nowhere: " + alarm.reason() + ".";
            case RUNS_TWICE -> alarm.about() + " " + alarm.reason() + ".";
            case NODE_SILENT -> alarm.about() + " does not say where its tasks stand: " + alarm.reason() + ".";
        };
    }

    private static void aboutTasks(List<Notice> notices, List<TaskView> tasks) {
        for (var task : tasks) {
            if (task.state() == TaskView.State.DOUBLE_RUN) {
                notices.add(new Notice(Severity.ERROR, "double_run", task.name() + " " + task.reason() + "."));
            } else if (task.state() == TaskView.State.IN_DOUBT) {
                notices.add(new Notice(
                        Severity.ERROR,
                        "in_doubt",
                        task.name() + " may have taken effect or not: " + task.reason() + "."));
            } else if (task.state() == TaskView.State.BLOCKED) {
                notices.add(new Notice(
                        task.owner().isEmpty() ? Severity.ERROR : Severity.WARN,
                        "blocked",
                        task.name() + " cannot run: " + task.reason() + "."));
            } else if (task.state() == TaskView.State.BACKOFF) {
                notices.add(new Notice(
                        Severity.WARN,
                        "failing",
                        task.name() + " keeps failing on " + task.owner() + ": " + task.reason() + "."));
            }
        }
    }

    private static void aboutArbitration(List<Notice> notices, ArbitrationView arbitration, List<TaskView> tasks) {
        boolean needed = tasks.stream().anyMatch(task -> task.guarantee().needsClaim());
        var silent = arbitration.arbiters().stream()
                .filter(arbiter -> !arbiter.reachable())
                .map(ArbitrationView.ArbiterView::name)
                .collect(Collectors.joining(", "));
        if (needed && !arbitration.quorum()) {
            var why = silent.isEmpty() ? "their books do not vote yet" : "no answer from " + silent;
            notices.add(new Notice(
                    Severity.ERROR,
                    "no_quorum",
                    "No majority of the arbiters decides: exclusive tasks cannot start (" + why + ")."));
        } else if (!silent.isEmpty()) {
            notices.add(new Notice(
                    Severity.WARN, "arbiter_silent", "Arbiter " + silent + " does not answer; the others decide."));
        }
        if (needed
                && arbitration.mode() == ArbitrationView.Mode.MAJORITY
                && arbitration.quorum()
                && !arbitration.cpReady()) {
            notices.add(new Notice(
                    Severity.INFO, "cp_down", "The CP group does not answer: claims are decided by the books alone."));
        }
        var inFile = arbitration.list().inFile();
        var listed = arbitration.arbiters().stream()
                .map(ArbitrationView.ArbiterView::name)
                .toList();
        if (arbitration.list().epoch() > 0 && !Set.copyOf(inFile).equals(Set.copyOf(listed))) {
            notices.add(new Notice(
                    Severity.WARN,
                    "arbiters_differ",
                    "The config file names other arbiters (" + String.join(", ", inFile) + ") than the books ("
                            + String.join(", ", listed) + "), which count. Write cluster.arbiters: ["
                            + String.join(", ", listed) + "] in the file, or change the books by `rota arbiters`."));
        }
        if (needed && arbitration.mode() == ArbitrationView.Mode.SINGLE_JUDGE) {
            notices.add(new Notice(
                    Severity.INFO,
                    "single_judge",
                    "A single judge decides claims: nothing exclusive starts while "
                            + arbitration.arbiters().get(0).name() + " is away."));
        }
    }

    private static void aboutMembers(List<Notice> notices, MembershipView view) {
        for (var member : view.members()) {
            if (member.state() == MemberState.DEAD) {
                notices.add(
                        new Notice(Severity.WARN, "member_dead", member.name() + " is dead; the others do its tasks."));
            } else if (member.state() == MemberState.SUSPECT) {
                notices.add(new Notice(Severity.INFO, "member_suspect", member.name() + " is suspected to be dead."));
            }
            if (member.state().isLive() && member.metadata().participation() == Participation.DRAINING) {
                notices.add(new Notice(
                        Severity.INFO,
                        "member_draining",
                        member.name() + " drains: it gives its tasks away and takes none."));
            }
        }
    }

    private static void aboutDrift(List<Notice> notices, ClusterRing ring) {
        for (var member : ring.view().live()) {
            var metadata = member.metadata();
            if (metadata.configDigest() != ring.inForce().digest()) {
                notices.add(new Notice(
                        Severity.WARN,
                        "drift",
                        member.name() + " holds another task file (revision " + metadata.configRevision()
                                + "): it runs only the tasks that both define alike. Give all nodes the same file."));
            }
        }
    }
}
