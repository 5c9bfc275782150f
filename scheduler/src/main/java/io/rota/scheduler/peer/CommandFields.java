package io.rota.scheduler.peer;

import io.rota.scheduler.RunState;
import io.rota.scheduler.view.CommandOutcome;
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

    static void outcome(FieldWriter out, CommandOutcome outcome) {
        if (outcome instanceof CommandOutcome.RunBegun begun) {
            out.putByte(1)
                    .putText(begun.runId())
                    .putText(begun.node())
                    .putText(begun.state().name())
                    .putText(begun.reason());
        } else if (outcome instanceof CommandOutcome.Decided decided) {
            out.putByte(3).putText(decided.runId()).putText(decided.state().name());
        } else if (outcome instanceof CommandOutcome.Refused refused) {
            out.putByte(2).putText(refused.cause().name()).putText(refused.reason());
        } else if (outcome instanceof CommandOutcome.ArbitersChanged changed) {
            out.putByte(4)
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
            case 4 ->
                new CommandOutcome.ArbitersChanged(in.takeLong(), in.takeAll(FieldReader::takeText), in.takeText());
            default -> throw new MalformedMessageException("unknown outcome " + kind);
        };
    }
}
