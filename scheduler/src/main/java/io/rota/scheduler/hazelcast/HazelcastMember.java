package io.rota.scheduler.hazelcast;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipAdapter;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.cp.CPMember;
import com.hazelcast.cp.CPSubsystemManagementService;
import com.hazelcast.cp.lock.FencedLock;
import com.hazelcast.instance.impl.HazelcastInstanceFactory;
import io.rota.scheduler.arbitration.TaskLocks;
import io.rota.scheduler.loop.Ticker;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
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
 * restart of the node. A group that a member left before it was formed, or whose majority is gone for good, is formed
 * anew: every member starts over. Nothing here blocks a caller. Thread-safe.
 */
final class HazelcastMember implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HazelcastMember.class);
    private static final long CARE_MILLIS = 500;
    private static final long CALL_SECONDS = 3;
    /** Between an end and the next start: all members of a stale group end meanwhile, so that none meets an old one. */
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(4);
    /** A group that has not answered for so long although all arbiters are there has lost its majority for good. */
    private static final long LOST_NANOS = TimeUnit.SECONDS.toNanos(20);
    /** The same once another has started over: all must do it together, else they meet in stale groups for ever. */
    private static final long FOLLOW_NANOS = TimeUnit.SECONDS.toNanos(6);

    private final HazelcastSettings settings;
    private final Ticker keeper = new Ticker("cp-keeper", 1);

    private volatile @Nullable HazelcastInstance instance;
    private volatile OwnDoor door = new OwnDoor();
    private volatile TaskLocks.Status status = new TaskLocks.Status(false, 0);
    private volatile boolean closing;
    private volatile boolean memberLeft;
    private long notBeforeNanos = System.nanoTime();
    private long answeredNanos = System.nanoTime();

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

    /** A connection to the member that runs at this time. */
    SocketChannel connect() throws IOException {
        return door.open();
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
        var hazelcast = instance;
        if (closing) {
            return;
        }
        if (hazelcast == null) {
            startWhenAllAreThere();
        } else if (!hazelcast.getLifecycleService().isRunning()) {
            startOver(hazelcast, "it ended itself");
        } else {
            careFor(hazelcast);
        }
    }

    private void careFor(HazelcastInstance hazelcast) {
        var management = hazelcast.getCPSubsystem().getCPSubsystemManagementService();
        if (!management.isDiscoveryCompleted()) {
            answeredNanos = System.nanoTime();
            if (memberLeft) {
                startOver(hazelcast, "a member left before the group was formed");
            }
            return;
        }
        try {
            keep(hazelcast, management);
            answeredNanos = System.nanoTime();
            memberLeft = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException | RuntimeException e) {
            setStatus(new TaskLocks.Status(false, 0));
            LOG.debug("the CP group does not answer: {}", e.toString());
            if (!allAreThere()) {
                answeredNanos = System.nanoTime();
            } else if (System.nanoTime() - answeredNanos > (memberLeft ? FOLLOW_NANOS : LOST_NANOS)) {
                startOver(hazelcast, "the group has lost its majority");
            }
        }
    }

    /** Nothing is lost with the group: the books hold the truth, and a lock lives for one decision only. */
    private void startOver(HazelcastInstance hazelcast, String why) {
        LOG.info("ending Hazelcast to start it anew: {}", why);
        setStatus(new TaskLocks.Status(false, 0));
        hazelcast.getLifecycleService().terminate();
        instance = null;
        notBeforeNanos = System.nanoTime() + QUIET_NANOS;
    }

    private boolean allAreThere() {
        return settings.liveArbiters().get().size() >= settings.cpMembers();
    }

    private void startWhenAllAreThere() {
        if (System.nanoTime() - notBeforeNanos < 0 || !allAreThere()) {
            return;
        }
        LOG.info("starting Hazelcast at {} for a CP group of {}", settings.address(), settings.cpMembers());
        memberLeft = false;
        answeredNanos = System.nanoTime();
        var nextDoor = new OwnDoor();
        door = nextDoor;
        var started = HazelcastInstanceFactory.newHazelcastInstance(
                HazelcastConfig.of(settings), null, new LoopbackContext(settings, nextDoor));
        started.getCluster().addMembershipListener(new MembershipAdapter() {
            @Override
            public void memberRemoved(MembershipEvent event) {
                memberLeft = true;
            }
        });
        instance = started;
    }

    private void keep(HazelcastInstance hazelcast, CPSubsystemManagementService management)
            throws InterruptedException, ExecutionException, TimeoutException {
        var members = await(management.getCPMembers());
        var own = management.getLocalCPMember();
        if (own == null) {
            rejoin(hazelcast, management, members);
        }
        if (own != null) {
            dropReplaced(hazelcast, management, members);
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

    /**
     * An arbiter that another one has replaced stays on the group's list, dead: one of the others takes it off. One that is
     * still there has been told and ends its Hazelcast by itself.
     */
    private void dropReplaced(
            HazelcastInstance hazelcast, CPSubsystemManagementService management, Collection<CPMember> members)
            throws InterruptedException, ExecutionException, TimeoutException {
        var there = hazelcast.getCluster().getMembers().stream()
                .map(Member::getAddress)
                .toList();
        var first = members.stream()
                .filter(member -> there.contains(member.getAddress()))
                .min(Comparator.comparing(CPMember::getUuid));
        boolean ownTurn = first.equals(Optional.ofNullable(management.getLocalCPMember()));
        for (var member : members) {
            var address = member.getAddress();
            if (ownTurn
                    && !there.contains(address)
                    && !settings.isListed().test(new InetSocketAddress(address.getHost(), address.getPort()))) {
                LOG.info("removing the CP member of an arbiter that was replaced address={}", address);
                await(management.removeCPMember(member.getUuid()));
            }
        }
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
