package io.rota.scheduler.hazelcast;

import com.hazelcast.nio.MemberSocketInterceptor;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Mutual proof that both ends of a new Hazelcast connection hold the cluster key, before Hazelcast reads a byte: each
 * side sends a nonce and answers the other's with an HMAC-SHA256 that names its role. It authenticates and does not
 * encrypt. Stateless; thread-safe.
 */
final class MemberHandshake implements MemberSocketInterceptor {
    private static final int NONCE_BYTES = 32;
    private static final int PROOF_BYTES = 32;
    private static final int LIMIT_MILLIS = 3_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] secret;

    /** @param secret derived from the cluster key, for this purpose alone */
    MemberHandshake(byte[] secret) {
        this.secret = secret.clone();
    }

    @Override
    public void init(Properties properties) {
        // Everything it needs came with the constructor.
    }

    @Override
    public void onConnect(Socket socket) throws IOException {
        prove(socket, "connect", "accept");
    }

    @Override
    public void onAccept(Socket socket) throws IOException {
        prove(socket, "accept", "connect");
    }

    private void prove(Socket socket, String ownRole, String otherRole) throws IOException {
        int limitBefore = socket.getSoTimeout();
        long deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LIMIT_MILLIS);
        var out = new DataOutputStream(socket.getOutputStream());

        byte[] ownNonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(ownNonce);
        out.write(ownNonce);
        out.flush();
        byte[] otherNonce = read(socket, NONCE_BYTES, deadlineNanos);

        out.write(proof(ownRole, otherNonce, ownNonce));
        out.flush();
        byte[] otherProof = read(socket, PROOF_BYTES, deadlineNanos);
        if (!MessageDigest.isEqual(otherProof, proof(otherRole, ownNonce, otherNonce))) {
            throw new IOException("the other end does not hold the cluster key");
        }
        socket.setSoTimeout(limitBefore);
    }

    /** The limit is for all of it: who sends a byte now and then must not hold the thread that accepts. */
    private static byte[] read(Socket socket, int count, long deadlineNanos) throws IOException {
        byte[] bytes = new byte[count];
        var in = socket.getInputStream();
        int filled = 0;
        while (filled < count) {
            long leftMillis = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
            if (leftMillis <= 0) {
                throw new SocketTimeoutException("the other end does not prove in time that it holds the cluster key");
            }
            socket.setSoTimeout((int) leftMillis);
            int read = in.read(bytes, filled, count - filled);
            if (read < 0) {
                throw new EOFException("the other end hung up");
            }
            filled += read;
        }
        return bytes;
    }

    private byte[] proof(String role, byte[] challenge, byte[] ownNonce) throws IOException {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            mac.update(role.getBytes(StandardCharsets.UTF_8));
            mac.update(challenge);
            return mac.doFinal(ownNonce);
        } catch (GeneralSecurityException e) {
            throw new IOException("no HMAC-SHA256 in this JVM", e);
        }
    }
}
