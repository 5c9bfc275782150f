package io.rota.membership.net;

import io.rota.membership.MemberState;
import io.rota.membership.MembershipView;
import io.rota.membership.protocol.Event;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns events into lines for an operator and into counts. Confined to the protocol thread. What could repeat is let through once a minute per
 * subject; the counts tell the rest.
 */
final class EventLog {

    private static final Logger LOG = LoggerFactory.getLogger("io.rota.membership");

    private final String node;
    private final Counters counters;
    private final Hush hush = new Hush(TimeUnit.MINUTES.toNanos(1));

    EventLog(String node, Counters counters) {
        this.node = node;
        this.counters = counters;
    }

    void tell(Event event, long nowNanos) {
        counters.count("event." + event.getClass().getSimpleName().toLowerCase(Locale.ROOT));
        if (event instanceof Event.StateChanged changed) {
            tellState(changed);
        } else if (event instanceof Event.Published published) {
            tellView(published.view());
        } else if (event instanceof Event.SeedSilent silent) {
            tellSeed(silent);
        } else if (event instanceof Event.Dropped dropped) {
            counters.count("dropped." + dropped.kind().name().toLowerCase(Locale.ROOT));
        } else if (hush.mayPass(keyOf(event), nowNanos)) {
            tellRest(event);
        }
    }

    /** Nothing opened the packet. */
    void unsealed(SocketAddress from, long nowNanos) {
        if (hush.mayPass("unsealed " + host(from), nowNanos)) {
            LOG.warn(
                    "unopened packets node={} from={} remedy=\"wrong cluster key or another cluster there: compare the"
                            + " key and the cluster name of both nodes\"",
                    node,
                    text(from));
        }
    }

    /** The local network refuses to send. */
    void unsendable(SocketAddress to, String reason, long nowNanos) {
        counters.count("send.failed");
        if (hush.mayPass("unsendable " + reason, nowNanos)) {
            LOG.warn(
                    "send failed node={} to={} reason=\"{}\" remedy=\"check this server's own network\"",
                    node,
                    text(to),
                    reason);
        }
    }

    private void tellState(Event.StateChanged changed) {
        String line = "member changed node={} member={} state={} boot={} incarnation={} why=\"{}\"";
        Object[] values = {
            node,
            changed.name(),
            changed.state(),
            Long.toHexString(changed.bootId()),
            changed.incarnation(),
            changed.why()
        };
        if (changed.state() == MemberState.DEAD) {
            LOG.warn(line, values);
        } else {
            LOG.info(line, values);
        }
    }

    private void tellView(MembershipView view) {
        LOG.info(
                "view node={} version={} hash={} live={} known={}",
                node,
                view.version(),
                Long.toHexString(view.hash()),
                view.live().size(),
                view.members().size());
    }

    private void tellSeed(Event.SeedSilent silent) {
        boolean keyTrouble = silent.outcome().isRefusal();
        String remedy = keyTrouble
                ? "it refused our key: compare the cluster key and the cluster name of both nodes"
                : "is it up, has it the same cluster key, are UDP and TCP of that port open between us?";
        LOG.warn(
                "seed does not answer node={} seed={} outcome={} silent_s={} remedy=\"{}\"; dialling on",
                node,
                silent.seed(),
                silent.outcome(),
                silent.silentSeconds(),
                remedy);
    }

    private void tellRest(Event event) {
        if (event instanceof Event.NameConflict conflict) {
            LOG.error(
                    "name taken node={} holder={} remedy=\"another live node bears this name: rename this one in its"
                            + " configuration and restart it\"; this node takes no part until then",
                    node,
                    text(conflict.holder()));
        } else if (event instanceof Event.NameRefused refused) {
            LOG.warn(
                    "newcomer refused node={} name={} newcomer={} holder={} remedy=\"two nodes bear one name: rename one\"",
                    node,
                    refused.name(),
                    text(refused.newcomer()),
                    text(refused.holder()));
        } else if (event instanceof Event.WireMismatch mismatch) {
            LOG.error(
                    "no common wire version node={} with={} remedy=\"upgrade the older node\"", node, mismatch.name());
        } else if (event instanceof Event.NotDialledBack silent) {
            LOG.warn(
                    "newcomer cannot be reached node={} name={} address={} remedy=\"open UDP of that port towards it, or"
                            + " correct the address it advertises\"",
                    node,
                    silent.name(),
                    text(silent.address()));
        } else if (event instanceof Event.DatagramsLost lost) {
            LOG.warn(
                    "member answers by TCP only node={} member={} address={} remedy=\"open UDP of that port\"",
                    node,
                    lost.name(),
                    text(lost.address()));
        } else if (event instanceof Event.Stalled stalled) {
            LOG.warn(
                    "this process stood still node={} for_ms={}; own verdicts are void",
                    node,
                    TimeUnit.NANOSECONDS.toMillis(stalled.stalledNanos()));
        } else if (event instanceof Event.Deaf) {
            LOG.warn("a probe was voided node={} why=\"this process stood still or its inbox was held\"", node);
        } else {
            tellTimeline(event);
        }
    }

    private void tellTimeline(Event event) {
        if (event instanceof Event.Joined joined) {
            LOG.info("joined node={} live={}", node, joined.live());
        } else if (event instanceof Event.Restarted restarted) {
            LOG.info(
                    "member restarted node={} member={} old_boot={} new_boot={}",
                    node,
                    restarted.name(),
                    Long.toHexString(restarted.oldBootId()),
                    Long.toHexString(restarted.newBootId()));
        } else if (event instanceof Event.Refuted refuted) {
            LOG.info(
                    "refuted node={} accused_as={} incarnation={}",
                    node,
                    refuted.accusedAs(),
                    refuted.newIncarnation());
        } else if (event instanceof Event.Quiet quiet) {
            LOG.info(
                    "damping node={} joining={} for_s={} why=\"declared dead and back\"",
                    node,
                    quiet.quiet(),
                    TimeUnit.NANOSECONDS.toSeconds(quiet.quietNanos()));
        } else if (event instanceof Event.Left left) {
            LOG.info("left node={} acknowledged={}", node, left.acknowledged());
        } else {
            LOG.debug("membership node={} event={}", node, event);
        }
    }

    private static String keyOf(Event event) {
        return event instanceof Event.Stalled ? "stalled" : event.toString();
    }

    private static String host(SocketAddress from) {
        return from instanceof InetSocketAddress inet ? inet.getAddress().getHostAddress() : from.toString();
    }

    private static String text(SocketAddress address) {
        return address instanceof InetSocketAddress inet ? host(inet) + ":" + inet.getPort() : address.toString();
    }
}
