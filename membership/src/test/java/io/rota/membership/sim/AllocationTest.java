package io.rota.membership.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a steady probe round allocates, by the thread's own counter, at one member of a thousand: it probes, is probed, and hears itself. */
class AllocationTest {

    @Test
    void steadyRoundAllocatesNothingInCoreAndCodec() {
        assertThat(new AllocationTrial(false).bytesPerPacket()).isZero();
    }

    @Test
    void steadyRoundWithSealingAllocatesAtMost2KiBAPacket() {
        assertThat(new AllocationTrial(true).bytesPerPacket()).isBetween(1.0, 2048.0);
    }
}
