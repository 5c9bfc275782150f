package io.rota.torture;

import java.util.Locale;

/** How long and how hard. */
enum Profile {
    /** In a build: at most three minutes. */
    SMOKE(3, 6, 100, 50),
    /** An hour. */
    HOUR(5, 400, 3_540, 50),
    /** Eight hours. */
    NIGHT(5, 4_000, 28_700, 100);

    private final int nodes;
    private final int rounds;
    private final long lastRoundSeconds;
    private final int beatMillis;

    Profile(int nodes, int rounds, long lastRoundSeconds, int beatMillis) {
        this.nodes = nodes;
        this.rounds = rounds;
        this.lastRoundSeconds = lastRoundSeconds;
        this.beatMillis = beatMillis;
    }

    int nodes() {
        return nodes;
    }

    /** As many as are drawn; fewer are carried out when time is over. */
    int rounds() {
        return rounds;
    }

    /** After so long no new round begins. */
    long lastRoundSeconds() {
        return lastRoundSeconds;
    }

    int beatMillis() {
        return beatMillis;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
