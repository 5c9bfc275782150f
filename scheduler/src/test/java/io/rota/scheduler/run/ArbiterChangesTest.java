package io.rota.scheduler.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.rota.scheduler.arbitration.ArbiterList;
import io.rota.scheduler.view.ArbiterOrder;
import io.rota.scheduler.view.CommandOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Changes of the list that make no sense are refused with the way out. */
final class ArbiterChangesTest {
    private static final ArbiterList THREE = ArbiterList.first(List.of("n1", "n2", "n3"));

    private static String refusal(ArbiterList present, List<String> leaving, List<String> joining) {
        return ArbiterChanges.refusal(present, new ArbiterOrder(leaving, joining, "because", "ada"))
                .map(outcome -> ((CommandOutcome.Refused) outcome).reason())
                .orElse("");
    }

    @Test
    void oneIsReplacedAndTwoAreAdded() {
        assertThat(refusal(THREE, List.of("n1"), List.of("n4"))).isEmpty();
        assertThat(refusal(THREE, List.of(), List.of("n4", "n5"))).isEmpty();
        assertThat(refusal(ArbiterList.first(List.of("n1")), List.of(), List.of("n2", "n3")))
                .isEmpty();
    }

    @Test
    void anEvenOrLargerListIsRefused() {
        assertThat(refusal(THREE, List.of(), List.of("n4"))).contains("would make 4 arbiters", "name two nodes");
        assertThat(refusal(THREE, List.of(), List.of("n4", "n5", "n6", "n7"))).contains("would make 7 arbiters");
    }

    @Test
    void whoIsListedCannotJoinAndWhoIsNotCannotLeave() {
        assertThat(refusal(THREE, List.of("n9"), List.of("n4"))).contains("n9 is not an arbiter");
        assertThat(refusal(THREE, List.of("n1"), List.of("n2"))).contains("n2 is an arbiter already");
        assertThat(refusal(THREE, List.of(), List.of("n4", "n4"))).contains("named twice");
    }

    @Test
    void nothingIsChangedBeforeAnArbiterHasToldTheList() {
        assertThat(refusal(ArbiterList.configured(List.of("n1")), List.of(), List.of("n2", "n3")))
                .contains("no arbiter has told this node of a list yet");
    }
}
