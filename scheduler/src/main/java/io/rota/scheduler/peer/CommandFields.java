package io.rota.scheduler.peer;

import io.rota.scheduler.RunState;
import io.rota.scheduler.view.CommandOutcome;
import io.rota.scheduler.view.DrainOrder;
import io.rota.scheduler.view.DrainView;
import io.rota.scheduler.view.PlanView;
import io.rota.scheduler.view.RunOrder;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The binary form of commands and of what became of them, field by field in the order of their components. */
final class CommandFields {
    private CommandFields() {}

    static void order(FieldWriter out, RunOrder order) {
        out.putText(order.task()).putText(order.key());
        texts(out, order.params());
    }

    static RunOrder order(FieldReader in) {
        return new RunOrder(in.takeText(), in.takeText(), texts(in));
    }

    private static void texts(FieldWriter out, SortedMap<String, String> texts) {
        out.putAll(
                texts.entrySet(), (each, entry) -> each.putText(entry.getKey()).putText(entry.getValue()));
    }

    private static SortedMap<String, String> texts(FieldReader in) {
        var texts = new TreeMap<String, String>();
        in.takeAll(entry -> Map.entry(entry.takeText(), entry.takeText()))
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue()));
        return texts;
    }

    static void drain(FieldWriter out, DrainOrder order) {
        out.putText(order.node()).putText(order.action().name()).putFlag(order.allowBlocked());
    }

    static DrainOrder drain(FieldReader in) {
        return new DrainOrder(in.takeText(), in.takeEnum(DrainOrder.Action.class), in.takeFlag());
    }

    private static void drainView(FieldWriter out, DrainView view) {
        out.putText(view.node()).putFlag(view.draining()).putFlag(view.mayLeave());
        out.putAll(
                view.moves(),
                (each, move) -> each.putText(move.task()).putText(move.from()).putText(move.to()));
        out.putAll(view.blocked(), (each, task) -> each.putText(task.task()).putText(task.reason()));
        out.putAll(view.running(), FieldWriter::putText);
    }

    private static DrainView drainView(FieldReader in) {
        return new DrainView(
                in.takeText(),
                in.takeFlag(),
                in.takeFlag(),
                in.takeAll(move -> new PlanView.Move(move.takeText(), move.takeText(), move.takeText())),
                in.takeAll(task -> new DrainView.Blocked(task.takeText(), task.takeText())),
                in.takeAll(FieldReader::takeText));
    }

    static void outcome(FieldWriter out, CommandOutcome outcome) {
        if (outcome instanceof CommandOutcome.RunBegun begun) {
            out.putByte(1)
                    .putText(begun.runId())
                    .putText(begun.node())
                    .putText(begun.state().name())
                    .putText(begun.reason());
        } else if (outcome instanceof CommandOutcome.Decided decided) {
            out.putByte(3).putText(decided.runId()).putText(decided.state().name());
        } else if (outcome instanceof CommandOutcome.DrainStands stands) {
            drainView(out.putByte(4), stands.view());
        } else if (outcome instanceof CommandOutcome.Refused refused) {
            out.putByte(2).putText(refused.cause().name()).putText(refused.reason());
        } else if (outcome instanceof CommandOutcome.ArbitersChanged changed) {
            out.putByte(5)
                    .putLong(changed.epoch())
                    .putAll(changed.arbiters(), FieldWriter::putText)
                    .putText(changed.note());
        } else {
            throw new IllegalStateException("no binary form of " + outcome);
        }
    }

    static CommandOutcome outcome(FieldReader in) {
        int kind = in.takeByte();
        return switch (kind) {
            case 1 ->
                new CommandOutcome.RunBegun(in.takeText(), in.takeText(), in.takeEnum(RunState.class), in.takeText());
            case 2 -> new CommandOutcome.Refused(in.takeEnum(CommandOutcome.Cause.class), in.takeText());
            case 3 -> new CommandOutcome.Decided(in.takeText(), in.takeEnum(RunState.class));
            case 4 -> new CommandOutcome.DrainStands(drainView(in));
            case 5 ->
                new CommandOutcome.ArbitersChanged(in.takeLong(), in.takeAll(FieldReader::takeText), in.takeText());
            default -> throw new MalformedMessageException("unknown outcome " + kind);
        };
    }
}
