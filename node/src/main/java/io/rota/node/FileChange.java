package io.rota.node;

import io.rota.adminui.client.Reply;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What a node says that a file changes, for a terminal. */
final class FileChange {
    private static final List<String> KINDS = List.of("added", "removed", "restarted", "changed");

    private FileChange() {}

    static boolean isNone(Reply reply) {
        return KINDS.stream().allMatch(kind -> count(reply, kind) == 0);
    }

    /** In one line, with names. */
    static String inWords(Reply reply) {
        return say(reply, kind -> " (" + String.join(", ", reply.texts(kind)) + ")");
    }

    /** In one line, the figures only. */
    static String inShort(Reply reply) {
        return say(reply, kind -> "");
    }

    private static String say(Reply reply, UnaryOperator<String> more) {
        if (isNone(reply)) {
            return "the tasks are the same";
        }
        return KINDS.stream()
                .filter(kind -> count(reply, kind) > 0)
                .map(kind -> count(reply, kind) + " " + kind + more.apply(kind))
                .collect(Collectors.joining(", "));
    }

    private static int count(Reply reply, String kind) {
        return reply.texts(kind).size();
    }
}
