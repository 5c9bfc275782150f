package io.rota.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.membership.Participation;
import io.rota.scheduler.view.Notice;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ReadinessTest {
    private final AtomicReference<Participation> participation = new AtomicReference<>(Participation.JOINING);
    private final AtomicBoolean votes = new AtomicBoolean();
    private final Readiness readiness = new Readiness(participation::get);

    private String code() {
        return readiness.hindrances().stream().map(Notice::code).findFirst().orElse("ready");
    }

    @Test
    void aNodeIsReadyOnceItTakesPartAndItsBookHasVoted() {
        assertThat(code()).isEqualTo("starting");

        readiness.started(votes::get);
        assertThat(code()).isEqualTo("joining");

        participation.set(Participation.ACTIVE);
        assertThat(code()).isEqualTo("starting");

        votes.set(true);
        assertThat(code()).isEqualTo("ready");
    }

    @Test
    void whatBecomesOfTheMajorityLaterIsNotThisNodesFault() {
        readiness.started(votes::get);
        participation.set(Participation.ACTIVE);
        votes.set(true);
        assertThat(code()).isEqualTo("ready");

        votes.set(false);

        assertThat(code()).isEqualTo("ready");
    }

    @Test
    void aDrainedNodeIsNotReadyAndOneThatStopsSaysSoFirst() {
        readiness.started(() -> true);
        participation.set(Participation.DRAINING);
        assertThat(code()).isEqualTo("draining");

        readiness.stopping();

        assertThat(code()).isEqualTo("stopping");
    }
}
