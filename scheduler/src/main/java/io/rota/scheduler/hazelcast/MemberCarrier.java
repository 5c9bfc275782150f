package io.rota.scheduler.hazelcast;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;

/** Carries Hazelcast's connections to other arbiters, so that Hazelcast itself never meets the network. */
@FunctionalInterface
public interface MemberCarrier {

    /**
     * A line to the Hazelcast of another arbiter, whose identity is proven when this returns.
     *
     * @param address the address under which the cluster knows that arbiter
     * @throws IOException if it cannot be had within the limit
     */
    Line dial(InetSocketAddress address, Duration limit) throws IOException;

    /** Bytes in both directions. */
    interface Line extends AutoCloseable {
        InputStream input();

        OutputStream output();

        /** Ends it at once, also while other threads read and write. */
        @Override
        void close();
    }
}
