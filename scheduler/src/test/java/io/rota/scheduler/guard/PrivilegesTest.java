package io.rota.scheduler.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PrivilegesTest {
    private static final Account POLLER = new Account("poller", 1001, 1002, "/home/poller");
    private static final Privileges ROOT = new Privileges(0, -1);

    @Test
    void userAndCapabilitiesAreThoseInEffect() {
        var status =
                List.of("Name:\tjava", "Uid:\t1000\t1001\t1002\t1003", "CapPrm:\t00ff", "CapEff:\t00000000000000c2");

        assertThat(Privileges.parse(status)).isEqualTo(new Privileges(1001, 0xc2));
        assertThat(Privileges.parse(List.of())).isEqualTo(new Privileges(-1, 0));
    }

    @Test
    void rootMayRunAsAnybody() {
        assertThat(ROOT.refusal(POLLER, true)).isEmpty();
        assertThat(ROOT.refusal(POLLER, false)).isEmpty();
    }

    @Test
    void everybodyMayRunAsHimself() {
        assertThat(new Privileges(1001, 0).refusal(POLLER, false)).isEmpty();
    }

    @Test
    void othersMayNotRunAsAnybodyElse() {
        assertThat(new Privileges(1000, 0).refusal(POLLER, true))
                .hasValue("only root may run it as user poller, and this node is not root");
    }

    /** Root in a container often lacks it: then a mark in the environment of another user's process is not seen. */
    @Test
    void whoCannotSeeTheProcessesOfOthersNeedsAControlGroup() {
        var blind = new Privileges(0, ~(1L << 19));

        assertThat(blind.refusal(POLLER, true)).isEmpty();
        assertThat(blind.refusal(POLLER, false).orElseThrow()).contains("poller could not be found again");
    }

    @Test
    void accountThatDoesNotExistIsSaidToBeMissing() {
        assertThat(ROOT.refusal("no-such-user")).hasValue("user no-such-user does not exist on this machine");
        assertThat(Privileges.here().refusal("root").isEmpty())
                .isEqualTo(Privileges.here().uid() == 0);
    }

    @Test
    void accountIsReadFromALineOfPasswd() {
        assertThat(Account.parse("poller", "poller:x:1001:1002:Poller,,:/home/poller:/bin/sh"))
                .hasValue(POLLER);
        assertThat(Account.parse("poll", "poller:x:1001:1002:Poller,,:/home/poller:/bin/sh"))
                .isEmpty();
        assertThat(Account.parse("poller", "poller:x:many:1002::/:")).isEmpty();
        assertThat(Account.parse("poller", "")).isEmpty();
    }
}
