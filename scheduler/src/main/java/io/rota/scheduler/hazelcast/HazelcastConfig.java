package io.rota.scheduler.hazelcast;

import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.config.SocketInterceptorConfig;
import com.hazelcast.instance.EndpointQualifier;
import java.util.Map;

/**
 * The lean and closed configuration: a CP group and nothing else. Members only (the client endpoint is removed, which
 * also closes the open CVEs of 5.4.0 and avoids the measured collapse of the unified protocol by one frozen peer),
 * everything that listens, phones home or measures is off, few threads.
 */
final class HazelcastConfig {
    /** A CP session lives this long without a heartbeat; longer than Hazelcast needs to drop a frozen member. */
    static final int SESSION_SECONDS = 15;

    private static final Map<String, String> PROPERTIES = Map.ofEntries(
            Map.entry("hazelcast.logging.type", "slf4j"),
            Map.entry("hazelcast.phone.home.enabled", "false"),
            Map.entry("hazelcast.discovery.enabled", "true"),
            Map.entry("hazelcast.partition.count", "11"),
            Map.entry("hazelcast.operation.thread.count", "2"),
            Map.entry("hazelcast.operation.generic.thread.count", "2"),
            Map.entry("hazelcast.io.thread.count", "1"),
            Map.entry("hazelcast.event.thread.count", "1"),
            Map.entry("hazelcast.operation.response.thread.count", "1"),
            Map.entry("hazelcast.io.balancer.interval.seconds", "0"),
            Map.entry("hazelcast.slow.operation.detector.enabled", "false"),
            Map.entry("hazelcast.health.monitoring.level", "OFF"),
            Map.entry("hazelcast.wait.seconds.before.join", "1"),
            Map.entry("hazelcast.socket.bind.any", "false"),
            Map.entry("hazelcast.max.no.heartbeat.seconds", "8"),
            Map.entry("hazelcast.heartbeat.interval.seconds", "1"),
            Map.entry("hazelcast.operation.call.timeout.millis", "10000"),
            Map.entry("hazelcast.invocation.max.retry.count", "60"),
            Map.entry("hazelcast.merge.first.run.delay.seconds", "10"),
            Map.entry("hazelcast.merge.next.run.delay.seconds", "10"),
            Map.entry("hazelcast.graceful.shutdown.max.wait", "15"),
            Map.entry("hazelcast.shutdownhook.enabled", "false"));

    private HazelcastConfig() {}

    static Config of(HazelcastSettings settings) {
        var config = new Config();
        config.setClusterName(settings.clusterName());
        PROPERTIES.forEach(config::setProperty);
        config.getJetConfig().setEnabled(false);
        config.getMetricsConfig().setEnabled(false);
        config.setAdvancedNetworkConfig(network(settings));
        var cp = config.getCPSubsystemConfig();
        cp.setCPMemberCount(settings.cpMembers());
        cp.setGroupSize(settings.cpMembers());
        cp.setSessionTimeToLiveSeconds(SESSION_SECONDS);
        cp.setSessionHeartbeatIntervalSeconds(2);
        cp.setMissingCPMemberAutoRemovalSeconds(0);
        cp.setFailOnIndeterminateOperationState(false);
        cp.getRaftAlgorithmConfig()
                .setLeaderElectionTimeoutInMillis(1000)
                .setLeaderHeartbeatPeriodInMillis(1000)
                .setMaxMissedLeaderHeartbeatCount(4);
        return config;
    }

    private static AdvancedNetworkConfig network(HazelcastSettings settings) {
        var network = new AdvancedNetworkConfig();
        network.setEnabled(true);
        network.getEndpointConfigs().remove(EndpointQualifier.CLIENT);
        // Where it listens is LoopbackPicker's to say, and the class name is never loaded: LoopbackContext hands out
        // the
        // interceptor itself.
        var endpoint = new ServerSocketEndpointConfig();
        endpoint.setSocketInterceptorConfig(
                new SocketInterceptorConfig().setEnabled(true).setClassName("unused"));
        network.setMemberEndpointConfig(endpoint);
        var join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(false);
        join.getDiscoveryConfig().setDiscoveryServiceProvider(unused -> new GossipDiscovery(settings.liveArbiters()));
        return network;
    }
}
