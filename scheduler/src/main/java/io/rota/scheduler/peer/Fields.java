package io.rota.scheduler.peer;

import io.rota.scheduler.RunState;
import io.rota.scheduler.TaskOutline;
import io.rota.scheduler.engine.CycleFact;
import io.rota.scheduler.view.DoubtView;
import io.rota.scheduler.view.RunView;
import io.rota.scheduler.view.TaskView;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** The binary form of what nodes report about tasks and runs, field by field in the order of their components. */
final class Fields {
    private static final long NONE = Long.MIN_VALUE;

    private Fields() {}

    static void outline(FieldWriter out, TaskOutline task) {
        out.putText(task.name()).putLong(task.fingerprint());
        out.putAll(
                task.tags().entrySet(),
                (fields, tag) -> fields.putText(tag.getKey()).putText(tag.getValue()));
    }

    static TaskOutline outline(FieldReader in) {
        var name = in.takeText();
        long fingerprint = in.takeLong();
        var tags = new TreeMap<String, String>();
        in.takeAll(tag -> Map.entry(tag.takeText(), tag.takeText()))
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
        return new TaskOutline(name, fingerprint, tags);
    }

    static void task(FieldWriter out, NodeReport.TaskReport task) {
        out.putText(task.task())
                .putText(task.state().name())
                .putText(task.reason())
                .putLong(task.nextDueMillis())
                .putAll(task.runs(), Fields::run);
    }

    static NodeReport.TaskReport task(FieldReader in) {
        return new NodeReport.TaskReport(
                in.takeText(),
                in.takeEnum(TaskView.State.class),
                in.takeText(),
                in.takeLong(),
                in.takeAll(Fields::run));
    }

    static void handled(FieldWriter out, Map.Entry<String, Long> task) {
        out.putText(task.getKey()).putLong(task.getValue());
    }

    /** How far each task has been seen to; of two words about one task the later counts. */
    static Map<String, Long> handled(FieldReader in) {
        var handled = new TreeMap<String, Long>();
        in.takeAll(entry -> Map.entry(entry.takeText(), entry.takeLong()))
                .forEach(entry -> handled.merge(entry.getKey(), entry.getValue(), Math::max));
        return handled;
    }

    static void cycle(FieldWriter out, CycleFact fact) {
        out.putText(fact.task())
                .putText(fact.cycle())
                .putLong(fact.bornMillis())
                .putText(fact.state().name());
    }

    static CycleFact cycle(FieldReader in) {
        return new CycleFact(in.takeText(), in.takeText(), in.takeLong(), in.takeEnum(RunState.class));
    }

    static void doubt(FieldWriter out, DoubtView doubt) {
        out.putText(doubt.runId())
                .putText(doubt.task())
                .putText(doubt.state().name())
                .putText(doubt.node())
                .putLong(doubt.token())
                .putLong(doubt.intentAt().toEpochMilli())
                .putText(doubt.settledBy())
                .putText(doubt.finding())
                .putText(doubt.outputTail());
    }

    static DoubtView doubt(FieldReader in) {
        return new DoubtView(
                in.takeText(),
                in.takeText(),
                in.takeEnum(RunState.class),
                in.takeText(),
                in.takeLong(),
                Instant.ofEpochMilli(in.takeLong()),
                in.takeText(),
                in.takeText(),
                in.takeText());
    }

    private static void run(FieldWriter out, RunView run) {
        out.putText(run.runId())
                .putText(run.task())
                .putText(run.node())
                .putText(run.state().name())
                .putText(run.reason())
                .putLong(run.due().toEpochMilli())
                .putLong(run.startedAt() == null ? NONE : run.startedAt().toEpochMilli())
                .putLong(run.endedAt() == null ? NONE : run.endedAt().toEpochMilli())
                .putLong(run.exitCode() == null ? NONE : run.exitCode())
                .putLong(run.token() == null ? NONE : run.token())
                .putLong(run.pid() == null ? NONE : run.pid())
                .putText(run.outputTail());
    }

    private static RunView run(FieldReader in) {
        var id = in.takeText();
        var task = in.takeText();
        var node = in.takeText();
        var state = in.takeEnum(RunState.class);
        var reason = in.takeText();
        var due = Instant.ofEpochMilli(in.takeLong());
        long started = in.takeLong();
        long ended = in.takeLong();
        long exit = in.takeLong();
        long token = in.takeLong();
        long pid = in.takeLong();
        return new RunView(
                id,
                task,
                node,
                state,
                reason,
                due,
                started == NONE ? null : Instant.ofEpochMilli(started),
                ended == NONE ? null : Instant.ofEpochMilli(ended),
                exit == NONE ? null : (int) exit,
                token == NONE ? null : token,
                pid == NONE ? null : pid,
                in.takeText());
    }
}
