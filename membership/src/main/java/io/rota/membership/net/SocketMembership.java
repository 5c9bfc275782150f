package io.rota.membership.net;

import io.rota.membership.Keyring;
import io.rota.membership.MemberMetadata;
import io.rota.membership.Membership;
import io.rota.membership.MembershipConfig;
import io.rota.membership.MembershipException;
import io.rota.membership.MembershipListener;
import io.rota.membership.MembershipView;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A member on the sockets of this server: the protocol in a thread of its own. Thread-safe. */
public final class SocketMembership implements Membership {

    private final ProtocolThread thread;

    private SocketMembership(ProtocolThread thread) {
        this.thread = thread;
    }

    /**
     * Binds the ports and starts to join; returns at once, before any seed has answered, and dials seeds for ever.
     *
     * @param listener called from a thread of its own; where it is slow, views are skipped and the latest one comes
     * @throws MembershipException when a port is in use; nothing is left running
     */
    public static Membership start(MembershipConfig config, MemberMetadata metadata, MembershipListener listener)
            throws MembershipException {
        return new SocketMembership(ProtocolThread.start(config, metadata, listener));
    }

    @Override
    public MembershipView view() {
        return thread.view();
    }

    @Override
    public long bootId() {
        return thread.bootId();
    }

    @Override
    public int port() {
        return thread.port();
    }

    @Override
    public void updateMetadata(MemberMetadata metadata) {
        thread.command(protocol -> protocol.describe(System.nanoTime(), metadata));
    }

    @Override
    public void proveDead(String name, long bootId) {
        thread.command(protocol -> protocol.proveDead(System.nanoTime(), name, bootId));
    }

    @Override
    public void clearQuiet() {
        thread.command(protocol -> protocol.clearQuiet(System.nanoTime()));
    }

    @Override
    public void updateKeys(Keyring keys) {
        thread.replaceKeys(keys);
    }

    @Override
    public void addKey(byte[] key) {
        thread.addKey(key.clone());
    }

    @Override
    public List<String> useKey(byte[] key) {
        return thread.useKey(key.clone());
    }

    @Override
    public List<String> removeKey(byte[] key) {
        return thread.removeKey(key.clone());
    }

    @Override
    public Map<String, Long> counters() {
        return thread.counters();
    }

    @Override
    public boolean leave(Duration limit) {
        return thread.leave(limit.toNanos());
    }

    @Override
    public void close() {
        thread.close();
    }
}
