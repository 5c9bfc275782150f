package io.rota.adminui.json;

import io.rota.scheduler.view.CommandOutcome;
import java.util.List;

/** What a file that was read again changes; {@code needsRestart} if it differs in more than tasks. */
public record ReloadedJson(
        long revision,
        List<String> added,
        List<String> removed,
        List<String> restarted,
        List<String> changed,
        boolean needsRestart) {

    /** The JSON form of an outcome. */
    public static ReloadedJson from(CommandOutcome.Reloaded reloaded) {
        var change = reloaded.change();
        return new ReloadedJson(
                reloaded.revision(),
                change.added(),
                change.removed(),
                change.restarted(),
                change.changed(),
                reloaded.needsRestart());
    }
}
