package io.rota.adminui.json;

import io.rota.scheduler.view.CommandOutcome;
import java.util.List;

/** A list of arbiters that was decided; {@code note} says what is still to come. */
public record ArbitersChangedJson(long epoch, List<String> arbiters, String note) {

    /** The JSON form of an outcome. */
    public static ArbitersChangedJson from(CommandOutcome.ArbitersChanged changed) {
        return new ArbitersChangedJson(changed.epoch(), changed.arbiters(), changed.note());
    }
}
