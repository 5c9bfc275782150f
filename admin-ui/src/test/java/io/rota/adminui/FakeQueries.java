package io.rota.adminui;

import io.rota.scheduler.TaskFileChange;
import io.rota.scheduler.view.ClusterView;
import io.rota.scheduler.view.DoubtView;
import io.rota.scheduler.view.DrainView;
import io.rota.scheduler.view.FileOutline;
import io.rota.scheduler.view.FilePlanView;
import io.rota.scheduler.view.MemberView;
import io.rota.scheduler.view.Notice;
import io.rota.scheduler.view.PlanView;
import io.rota.scheduler.view.RingView;
import io.rota.scheduler.view.RunView;
import io.rota.scheduler.view.SchedulerQueries;
import io.rota.scheduler.view.TaskView;
import io.rota.scheduler.view.WhyView;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A read model that says what the test told it. Thread-safe. */
final class FakeQueries implements SchedulerQueries {
    private volatile World world;
    private volatile List<Notice> hindrances = List.of();
    private volatile String failure = "";
    private final Set<Runnable> listeners = ConcurrentHashMap.newKeySet();

    /** Everything there is to see at one moment. */
    record World(
            ClusterView cluster,
            List<MemberView> members,
            RingView ring,
            List<TaskView> tasks,
            List<RunView> runs,
            List<DoubtView> doubts) {

        World(ClusterView cluster, List<MemberView> members, RingView ring, List<TaskView> tasks, List<RunView> runs) {
            this(cluster, members, ring, tasks, runs, List.of());
        }

        World withDoubts(List<DoubtView> others) {
            return new World(cluster, members, ring, tasks, runs, others);
        }

        World withCluster(ClusterView other) {
            return new World(other, members, ring, tasks, runs, doubts);
        }

        World withTasks(List<TaskView> others) {
            return new World(cluster, members, ring, others, runs, doubts);
        }
    }

    FakeQueries(World world) {
        this.world = world;
    }

    World world() {
        return world;
    }

    /** Changes the world and tells the listeners. */
    void become(World next) {
        world = next;
        listeners.forEach(Runnable::run);
    }

    /** From now on every question about the cluster fails. */
    void failWith(String message) {
        failure = message;
    }

    /** The node takes no work. */
    void hinder(Notice... why) {
        hindrances = List.of(why);
    }

    int listeners() {
        return listeners.size();
    }

    @Override
    public ClusterView cluster() {
        if (!failure.isEmpty()) {
            throw new IllegalStateException(failure);
        }
        return world.cluster();
    }

    @Override
    public List<Notice> hindrances() {
        return hindrances;
    }

    @Override
    public List<MemberView> members() {
        return world.members();
    }

    @Override
    public RingView ring() {
        return world.ring();
    }

    @Override
    public List<TaskView> tasks() {
        return world.tasks();
    }

    @Override
    public List<DoubtView> doubts() {
        return world.doubts();
    }

    @Override
    public List<RunView> runs(String task, int limit) {
        return world.runs().stream()
                .filter(run -> run.task().equals(task))
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<WhyView> why(String task) {
        return tasks().stream()
                .filter(known -> known.name().equals(task))
                .map(known -> new WhyView(
                        task,
                        known.owner(),
                        false,
                        List.of(
                                new WhyView.Candidate("n3", "full", "not n3: choice 1, full (3 of 3)"),
                                new WhyView.Candidate(known.owner(), "owner", known.owner() + ": owner, choice 2")),
                        known.standbys()))
                .findFirst();
    }

    @Override
    public Optional<PlanView> planWithout(String node) {
        return plan(node, node + " leaves");
    }

    @Override
    public Optional<PlanView> planWith(String node) {
        return ring().nodes().stream().anyMatch(known -> known.name().equals(node))
                ? Optional.empty()
                : Optional.of(new PlanView(node + " joins", tasks().size(), List.of()));
    }

    @Override
    public Optional<PlanView> planWeight(String node, int weightMilli) {
        return plan(node, "weight of " + node + " becomes " + weightMilli / 1000.0);
    }

    /** All tasks of the node move to their first standby. */
    private Optional<PlanView> plan(String node, String change) {
        return ring().nodes().stream()
                .filter(known -> known.name().equals(node))
                .map(known -> new PlanView(
                        change,
                        tasks().size(),
                        tasks().stream()
                                .filter(task -> task.owner().equals(node))
                                .map(task -> new PlanView.Move(
                                        task.name(),
                                        node,
                                        task.standbys().stream().findFirst().orElse("")))
                                .toList()))
                .findFirst();
    }

    @Override
    public FilePlanView planFile(FileOutline file) {
        var names = file.tasks().stream().map(task -> task.outline().name()).toList();
        return new FilePlanView(
                "n1",
                true,
                7,
                new TaskFileChange(names, List.of(), List.of(), List.of()),
                List.of(new PlanView.Move("new", "", "n2")),
                List.of(new DrainView.Blocked("stuck", "no live node is eligible: none carries its tags gpu=1")));
    }

    @Override
    public Subscription onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
