package io.rota.adminui.json;

import io.rota.scheduler.view.ArbitrationView;
import java.util.List;

/** Who decides claims now; {@code mode} is {@code standalone}, {@code single_judge} or {@code majority}. */
public record ArbitrationJson(
        String mode,
        boolean quorum,
        boolean cpReady,
        int cpMembers,
        long leaseRemainingMillis,
        List<ArbiterJson> arbiters,
        ListJson list) {

    /** The JSON form of a view. */
    public static ArbitrationJson from(ArbitrationView view) {
        return new ArbitrationJson(
                Json.word(view.mode()),
                view.quorum(),
                view.cpReady(),
                view.cpMembers(),
                view.leaseRemainingMillis(),
                view.arbiters().stream().map(ArbiterJson::from).toList(),
                ListJson.from(view.list()));
    }

    ArbitrationJson still() {
        return new ArbitrationJson(mode, quorum, cpReady, cpMembers, leaseRemainingMillis > 0 ? 1 : 0, arbiters, list);
    }

    /** One listed arbiter and the state of its book. */
    public record ArbiterJson(String name, boolean reachable, String book) {

        static ArbiterJson from(ArbitrationView.ArbiterView view) {
            return new ArbiterJson(view.name(), view.reachable(), view.book());
        }
    }

    /** Where the list of arbiters comes from; {@code changedAtMillis} is 0 for the first list. */
    public record ListJson(long epoch, String changedBy, String reason, long changedAtMillis, List<String> inFile) {

        static ListJson from(ArbitrationView.ListView view) {
            return new ListJson(view.epoch(), view.changedBy(), view.reason(), view.changedAtMillis(), view.inFile());
        }
    }
}
