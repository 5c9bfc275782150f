package io.rota.membership;

import java.time.Duration;

/**
 * The protocol's timing and counts. Immutable. All members of a cluster should run the same values; they are not negotiated. The defaults
 * of {@link #lan()} are chosen in the simulator, see docs/membership.md.
 */
public record ProtocolSettings(
        Probing probing, Suspecting suspecting, Spreading spreading, Returning returning, Publishing publishing) {

    /**
     * How members are probed (SWIM section 3.1; Lifeguard section IV-A).
     *
     * @param interval one probe per interval; smaller finds the dead sooner and costs traffic
     * @param timeout silence after which helpers are asked
     * @param dialAfter silence after which the target is dialled by TCP: a refusal is proof of death, an answer is a fallback ack
     * @param helpers how many members are asked to probe in our stead
     * @param healthLimit the worst local health score; the interval grows to (score + 1) intervals. 0 turns local health off
     * @param wholeRounds true: all members walk one shared order, so that each is probed once per round; false: SWIM's random order
     */
    public record Probing(
            Duration interval,
            Duration timeout,
            Duration dialAfter,
            int helpers,
            int healthLimit,
            boolean wholeRounds) {

        public Probing {
            positive("interval", interval);
            positive("timeout", timeout);
            positive("dialAfter", dialAfter);
            atLeast("helpers", helpers, 0);
            atLeast("healthLimit", healthLimit, 0);
            if (timeout.compareTo(interval) >= 0) {
                throw new IllegalArgumentException("timeout must be shorter than interval");
            }
        }
    }

    /**
     * How long a suspect may stay silent (Lifeguard section IV-B).
     *
     * @param alpha shortest suspicion is alpha * max(1, log10 N) intervals
     * @param beta longest suspicion is beta times the shortest; 1 turns the shrinking off
     * @param confirmations how many independent accusers bring it down to the shortest
     * @param buddy true: a ping tells its target what is believed of it
     * @param pauseGate true: own stalls and a held inbox void own verdicts
     * @param witnesses members that verify a suspicion at once when they hear of it; 0 turns it off
     */
    public record Suspecting(
            double alpha, double beta, int confirmations, boolean buddy, boolean pauseGate, int witnesses) {

        public Suspecting {
            if (!(alpha > 0) || !(beta >= 1)) {
                throw new IllegalArgumentException("alpha must be above 0 and beta at least 1");
            }
            atLeast("confirmations", confirmations, 0);
            atLeast("witnesses", witnesses, 0);
        }
    }

    /**
     * How news travel (SWIM section 4.1).
     *
     * @param gossipInterval pause between packets that carry nothing but news
     * @param fanout members told per gossip interval
     * @param lambda each piece of news is sent lambda * ceil(log10(N + 1)) times
     * @param syncPause shortest time between two repairs of differing views
     */
    public record Spreading(Duration gossipInterval, int fanout, int lambda, Duration syncPause) {

        public Spreading {
            positive("gossipInterval", gossipInterval);
            atLeast("fanout", fanout, 1);
            atLeast("lambda", lambda, 1);
            positive("syncPause", syncPause);
        }
    }

    /**
     * How the lost are found again.
     *
     * @param seedRetry first pause between two dials of a seed that does not answer; grows to seedRetryLimit
     * @param seedRetryLimit longest such pause
     * @param rememberDead how long the dead and the left are remembered, and the dead dialled
     * @param quietFirst how long a member that was declared dead stays JOINING at its first return
     * @param quietLimit longest such time; it doubles with each return
     */
    public record Returning(
            Duration seedRetry,
            Duration seedRetryLimit,
            Duration rememberDead,
            Duration quietFirst,
            Duration quietLimit) {

        public Returning {
            positive("seedRetry", seedRetry);
            positive("seedRetryLimit", seedRetryLimit);
            positive("rememberDead", rememberDead);
            if (quietFirst.isNegative() || quietLimit.compareTo(quietFirst) < 0) {
                throw new IllegalArgumentException("quietFirst must be 0 or more and quietLimit at least quietFirst");
            }
        }
    }

    /**
     * How changes become views.
     *
     * @param quiet a view is published after this long without a change
     * @param limit and at the latest this long after the first change
     */
    public record Publishing(Duration quiet, Duration limit) {

        public Publishing {
            if (quiet.isNegative() || limit.compareTo(quiet) < 0) {
                throw new IllegalArgumentException("quiet must be 0 or more and limit at least quiet");
            }
        }
    }

    /** Values for servers in one network, round trips of a few milliseconds. */
    public static ProtocolSettings lan() {
        return new ProtocolSettings(
                new Probing(Duration.ofSeconds(1), Duration.ofMillis(300), Duration.ofMillis(100), 3, 7, true),
                new Suspecting(1.3, 4, 2, true, true, 3),
                new Spreading(Duration.ofMillis(200), 3, 4, Duration.ofSeconds(1)),
                new Returning(
                        Duration.ofMillis(500),
                        Duration.ofSeconds(10),
                        Duration.ofHours(24),
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(10)),
                new Publishing(Duration.ofMillis(300), Duration.ofSeconds(2)));
    }

    private static void positive(String field, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(field + " must be longer than zero");
        }
    }

    private static void atLeast(String field, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(field + " must be at least " + least + " but is " + value);
        }
    }
}
