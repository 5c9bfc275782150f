package io.rota.scheduler.peer;

import io.rota.scheduler.RunState;
import io.rota.scheduler.arbitration.Book;
import io.rota.scheduler.arbitration.BookEntry;
import io.rota.scheduler.arbitration.Claim;
import io.rota.scheduler.arbitration.ClaimDecision;
import io.rota.scheduler.arbitration.DeathWord;
import io.rota.scheduler.arbitration.LeaseId;
import io.rota.scheduler.engine.CycleFact;
import io.rota.scheduler.view.RunView;
import io.rota.scheduler.view.TaskView;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** The binary form of the values inside messages, field by field in the order of their components. */
final class Fields {
    private static final long NONE = Long.MIN_VALUE;

    private Fields() {}

    static void lease(FieldWriter out, LeaseId lease) {
        out.putText(lease.node()).putLong(lease.bootId()).putInt(lease.epoch());
    }

    static LeaseId lease(FieldReader in) {
        return new LeaseId(in.takeText(), in.takeLong(), in.takeInt());
    }

    static void claim(FieldWriter out, Claim claim) {
        out.putText(claim.claimId()).putText(claim.task()).putLong(claim.token());
        lease(out, claim.lease());
        out.putText(claim.runId()).putLong(claim.specHash()).putFlag(claim.over());
    }

    static Claim claim(FieldReader in) {
        return new Claim(
                in.takeText(), in.takeText(), in.takeLong(), lease(in), in.takeText(), in.takeLong(), in.takeFlag());
    }

    static void entry(FieldWriter out, BookEntry entry) {
        out.putAll(entry.claims(), Fields::claim);
    }

    static BookEntry entry(FieldReader in) {
        return new BookEntry(in.takeAll(Fields::claim));
    }

    static void death(FieldWriter out, DeathWord word) {
        out.putText(word.node()).putLong(word.bootId());
    }

    static DeathWord death(FieldReader in) {
        return new DeathWord(in.takeText(), in.takeLong());
    }

    static void ref(FieldWriter out, Book.ClaimRef ref) {
        out.putText(ref.task()).putText(ref.claimId());
    }

    static Book.ClaimRef ref(FieldReader in) {
        return new Book.ClaimRef(in.takeText(), in.takeText());
    }

    static void decision(FieldWriter out, ClaimDecision decision) {
        if (decision instanceof ClaimDecision.Granted granted) {
            out.putByte(1).putLong(granted.token()).putFlag(granted.underLock());
        } else if (decision instanceof ClaimDecision.Held held) {
            out.putByte(2).putText(held.reason());
        } else if (decision instanceof ClaimDecision.Unavailable unavailable) {
            out.putByte(3).putText(unavailable.reason());
        } else {
            throw new IllegalStateException("no binary form of " + decision);
        }
    }

    static ClaimDecision decision(FieldReader in) {
        int kind = in.takeByte();
        return switch (kind) {
            case 1 -> new ClaimDecision.Granted(in.takeLong(), in.takeFlag());
            case 2 -> new ClaimDecision.Held(in.takeText());
            case 3 -> new ClaimDecision.Unavailable(in.takeText());
            default -> throw new MalformedMessageException("unknown decision " + kind);
        };
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
