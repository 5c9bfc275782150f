package io.rota.scheduler.hazelcast;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes on what comes from either end until one of them ends; two threads, each with one buffer. Thread-safe. */
final class Relay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    /** What one TLS record holds. */
    private static final int BUFFER_BYTES = 16 << 10;

    private final Socket near;
    private final MemberCarrier.Line far;

    Relay(Socket near, MemberCarrier.Line far) {
        this.near = near;
        this.far = far;
    }

    void start(String member) throws IOException {
        start("cp-line-to-" + member, near.getInputStream(), far.output());
        start("cp-line-from-" + member, far.input(), near.getOutputStream());
    }

    private void start(String name, InputStream from, OutputStream to) {
        var thread = new Thread(() -> pass(from, to), name);
        thread.setDaemon(true);
        thread.start();
    }

    private void pass(InputStream from, OutputStream to) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
                to.write(buffer, 0, count);
                to.flush();
            }
        } catch (IOException e) {
            LOG.debug("a line to another arbiter has ended: {}", e.toString());
        } finally {
            close();
        }
    }

    @Override
    public void close() {
        far.close();
        try {
            near.close();
        } catch (IOException e) {
            LOG.debug("loopback did not close", e);
        }
    }
}
