package io.rota.scheduler.hazelcast;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.cp.CPMember;
import com.hazelcast.cp.CPSubsystemManagementService;
import com.hazelcast.cp.lock.FencedLock;
import com.hazelcast.instance.impl.HazelcastInstanceFactory;
import io.rota.scheduler.arbitration.TaskLocks;
import io.rota.scheduler.loop.Ticker;
import java.util.Collection;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This arbiter's Hazelcast member and the care it needs: it is started once gossip shows all arbiters (so that no two CP
 * groups are ever formed apart), started again if it terminated itself, and brought back into the CP group after a
 * restart of the node. Nothing here blocks a caller. Thread-safe.
 */
final class HazelcastMember implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HazelcastMember.class);
    private static final long CARE_MILLIS = 500;
    private static final long CALL_SECONDS = 3;

    private final HazelcastSettings settings;
    private final Ticker keeper = new Ticker("cp-keeper", 1);

    private volatile @Nullable HazelcastInstance instance;
    private volatile TaskLocks.Status status = new TaskLocks.Status(false, 0);
    private volatile boolean closing;

    HazelcastMember(HazelcastSettings settings) {
        // Hazelcast reads the property when its clock is first used, which is after this.
        System.setProperty("com.hazelcast.clock.impl", MonotonicClock.class.getName());
        this.settings = settings;
    }

    void start() {
        keeper.every(CARE_MILLIS, this::care);
    }

    TaskLocks.Status status() {
        return status;
    }

    /** The lock of that name, or null while the CP group cannot be used. */
    @Nullable
    FencedLock lock(String name) {
        var hazelcast = instance;
        return hazelcast == null || !status.ready()
                ? null
                : hazelcast.getCPSubsystem().getLock(name);
    }

    private void care() {
        try {
            var hazelcast = instance;
            if (closing) {
                return;
            }
            if (hazelcast == null || !hazelcast.getLifecycleService().isRunning()) {
                startWhenAllAreThere();
            } else if (hazelcast
                    .getCPSubsystem()
                    .getCPSubsystemManagementService()
                    .isDiscoveryCompleted()) {
                keep(hazelcast, hazelcast.getCPSubsystem().getCPSubsystemManagementService());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException | RuntimeException e) {
            setStatus(new TaskLocks.Status(false, 0));
            LOG.debug("the CP group does not answer: {}", e.toString());
        }
    }

    private void startWhenAllAreThere() {
        setStatus(new TaskLocks.Status(false, 0));
        if (settings.liveArbiters().get().size() < settings.cpMembers()) {
            return;
        }
        LOG.info("starting Hazelcast at {} for a CP group of {}", settings.address(), settings.cpMembers());
        var handshake = new MemberHandshake(settings.secret().bytes());
        instance = HazelcastInstanceFactory.newHazelcastInstance(
                HazelcastConfig.of(settings), null, GuardedExtension.context(handshake));
    }

    private void keep(HazelcastInstance hazelcast, CPSubsystemManagementService management)
            throws InterruptedException, ExecutionException, TimeoutException {
        var members = await(management.getCPMembers());
        var own = management.getLocalCPMember();
        if (own == null) {
            rejoin(hazelcast, management, members);
        }
        int live = live(hazelcast, members);
        setStatus(new TaskLocks.Status(own != null && live > settings.cpMembers() / 2, live));
    }

    /** A dead CP member stays on the list until it is removed; the cluster knows which ones are there. */
    private static int live(HazelcastInstance hazelcast, Collection<CPMember> listed) {
        var there = hazelcast.getCluster().getMembers().stream()
                .map(Member::getAddress)
                .toList();
        return (int) listed.stream()
                .filter(member -> there.contains(member.getAddress()))
                .count();
    }

    /** A restarted member is not taken back by itself: its ghost at the same address goes, then it is promoted. */
    private void rejoin(
            HazelcastInstance hazelcast, CPSubsystemManagementService management, Collection<CPMember> members)
            throws InterruptedException, ExecutionException, TimeoutException {
        var address = hazelcast.getCluster().getLocalMember().getAddress();
        for (var member : members) {
            if (member.getAddress().equals(address)) {
                LOG.info("removing the CP member of this node's earlier life uuid={}", member.getUuid());
                await(management.removeCPMember(member.getUuid()));
            }
        }
        LOG.info("joining the CP group again");
        await(management.promoteToCPMember());
    }

    private static <T> T await(CompletionStage<T> stage)
            throws InterruptedException, ExecutionException, TimeoutException {
        return stage.toCompletableFuture().get(CALL_SECONDS, TimeUnit.SECONDS);
    }

    private void setStatus(TaskLocks.Status next) {
        if (next.ready() != status.ready()) {
            LOG.info(
                    next.ready() ? "CP group is ready members={}" : "CP group is not ready members={}", next.members());
        }
        status = next;
    }

    @Override
    public void close() {
        closing = true;
        keeper.close();
        var hazelcast = instance;
        if (hazelcast != null) {
            hazelcast.getLifecycleService().terminate();
        }
    }
}
