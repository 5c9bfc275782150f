package io.rota.adminui.json;

import io.rota.scheduler.view.MemberView;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One member; {@code state} is {@code alive}, {@code suspect}, {@code dead} or {@code left}, {@code participation} is
 * {@code joining}, {@code active} or {@code draining}.
 */
public record MemberJson(
        String name,
        boolean self,
        String bootId,
        long incarnation,
        String state,
        String participation,
        String gossipAddress,
        String peerAddress,
        String adminAddress,
        boolean arbiter,
        Map<String, String> tags,
        int weightMilli,
        String softwareVersion,
        int tasksOwned,
        int tasksRunning) {

    /** The JSON form of a view. */
    public static MemberJson from(MemberView view) {
        return new MemberJson(
                view.name(),
                view.self(),
                view.bootId(),
                view.incarnation(),
                view.state().toLowerCase(Locale.ROOT),
                view.participation().toLowerCase(Locale.ROOT),
                view.gossipAddress(),
                view.peerAddress(),
                view.adminAddress(),
                view.arbiter(),
                new TreeMap<>(view.tags()),
                view.weightMilli(),
                view.softwareVersion(),
                view.tasksOwned(),
                view.tasksRunning());
    }
}
