package io.rota.node.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;

/**
 * Stands between two nodes, passes on one exchange and keeps the answer's bytes; after {@link #replay} it gives the same
 * bytes to whoever asks. Thread-safe.
 */
final class RecordingProxy implements AutoCloseable {
    private static final int QUIET_MILLIS = 500;

    private final ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    private final int target;
    private volatile byte[] recorded = new byte[0];
    private volatile boolean replaying;

    RecordingProxy(int target) throws IOException {
        this.target = target;
        var thread = new Thread(this::serve, "recording-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    void replay() {
        replaying = true;
    }

    private void serve() {
        while (!server.isClosed()) {
            try (var caller = server.accept()) {
                byte[] request = readUntilQuiet(caller);
                if (!replaying) {
                    recorded = exchange(request);
                }
                caller.getOutputStream().write(recorded);
            } catch (SocketException e) {
                // The test has closed the proxy, or a caller has hung up: the loop knows which.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private byte[] exchange(byte[] request) throws IOException {
        try (var there = new Socket(InetAddress.getLoopbackAddress(), target)) {
            there.getOutputStream().write(request);
            return readUntilQuiet(there);
        }
    }

    private static byte[] readUntilQuiet(Socket socket) throws IOException {
        socket.setSoTimeout(QUIET_MILLIS);
        InputStream in = socket.getInputStream();
        var bytes = new java.io.ByteArrayOutputStream();
        try {
            for (int b = in.read(); b >= 0; b = in.read()) {
                bytes.write(b);
            }
        } catch (java.net.SocketTimeoutException e) {
            return bytes.toByteArray();
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
