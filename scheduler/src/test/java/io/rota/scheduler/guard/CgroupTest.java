package io.rota.scheduler.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CgroupTest {
    private static final String V2 = "41 31 0:38 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate";
    private static final String V1 = "40 31 0:37 / /sys/fs/cgroup/systemd rw - cgroup cgroup rw,xattr,name=systemd";
    private static final String PIDS = "39 31 0:36 / /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids";

    @Test
    void version2IsFoundUnderItsMount() {
        assertThat(dirs(List.of(V2), List.of("0::/system.slice/rota.service")))
                .containsExactly("/sys/fs/cgroup/system.slice/rota.service");
    }

    @Test
    void namedHierarchyOfVersion1ComesAfterVersion2() {
        assertThat(dirs(List.of(PIDS, V1, V2), List.of("8:pids:/a", "1:name=systemd:/b", "0::/c")))
                .containsExactly("/sys/fs/cgroup/c", "/sys/fs/cgroup/systemd/b");
    }

    @Test
    void mountThatShowsAPartIsTakenForThatPart() {
        var part = V2.replace(" / /sys", " /docker/abc /sys");

        assertThat(dirs(List.of(part), List.of("0::/docker/abc/x"))).containsExactly("/sys/fs/cgroup/x");
        assertThat(dirs(List.of(part), List.of("0::/elsewhere"))).isEmpty();
    }

    @Test
    void groupOutsideTheNamespaceIsNotUsed() {
        assertThat(dirs(List.of(V2), List.of("0::/../../x"))).isEmpty();
    }

    @Test
    void machineWithoutControlGroupsHasNone() {
        assertThat(dirs(List.of("22 1 8:1 / / rw - ext4 /dev/root rw"), List.of()))
                .isEmpty();
        assertThat(dirs(List.of("", "x - y", "1 2 3"), List.of("", "0", "0::"))).isEmpty();
    }

    private static List<String> dirs(List<String> mounts, List<String> memberships) {
        return Cgroup.find(mounts, memberships).stream().map(Cgroup::toString).toList();
    }
}
