package io.rota.node;

import io.rota.adminui.AdminConfig;
import io.rota.adminui.AdminServer;
import io.rota.adminui.AdminStartException;
import io.rota.membership.Keyring;
import io.rota.membership.MemberMetadata;
import io.rota.membership.Membership;
import io.rota.membership.MembershipConfig;
import io.rota.membership.MembershipException;
import io.rota.membership.MembershipView;
import io.rota.membership.Participation;
import io.rota.membership.ProtocolSettings;
import io.rota.node.config.ClusterKey;
import io.rota.node.config.NodeConfig;
import io.rota.node.peer.PeerClient;
import io.rota.node.peer.PeerServer;
import io.rota.scheduler.arbitration.LocalTaskLocks;
import io.rota.scheduler.arbitration.TaskLocks;
import io.rota.scheduler.guard.GuardProcess;
import io.rota.scheduler.hazelcast.HazelcastSettings;
import io.rota.scheduler.hazelcast.HazelcastTaskLocks;
import io.rota.scheduler.run.ArbiterSeat;
import io.rota.scheduler.run.ClusterRing;
import io.rota.scheduler.run.NodeHandler;
import io.rota.scheduler.run.ReadModel;
import io.rota.scheduler.run.ReportCollector;
import io.rota.scheduler.run.Reports;
import io.rota.scheduler.run.Scheduler;
import io.rota.scheduler.run.SchedulerSetup;
import io.rota.scheduler.view.ArbitrationView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running node: builds everything by constructors, starts it in order and stops it in reverse. Thread-safe.
 */
public final class Node implements AutoCloseable {
}
