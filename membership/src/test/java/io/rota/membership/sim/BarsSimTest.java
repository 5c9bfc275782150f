package io.rota.membership.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bars that are quick enough for each build, some with fewer seeds; {@code ./scripts/simulate bars} runs them all in full. */
class BarsSimTest {

    @Test
    void quickBarsAreMet() {
        List<Figure> figures = List.of(
                Bars.kill(3),
                Bars.silence(5, Duration.ofSeconds(6)),
                Bars.idleTraffic20(),
                Bars.flapper(),
                Bars.ownPauses(100),
                Bars.massRestart(2));

        assertThat(figures).allMatch(Figure::met);
    }

    /** Lifeguard section V, one cell of the grid: the plain protocol accuses, ours does not. A trial in which nobody accused anybody would prove nothing. */
    @Test
    void blockedMembersAccuseUnderSwimAndNotUnderOurs() {
        AnomalyTrial swim = new AnomalyTrial(Variant.SWIM, Stall.BLOCKED, 32);
        AnomalyTrial ours = new AnomalyTrial(Variant.ROTA, Stall.BLOCKED, 32);

        swim.run(3, Duration.ofMillis(8192), Duration.ofMillis(64), 1);
        ours.run(3, Duration.ofMillis(8192), Duration.ofMillis(64), 1);

        assertThat(swim.falseDeaths()).isPositive();
        assertThat(ours.falseDeaths()).isZero();
    }
}
