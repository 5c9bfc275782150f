package io.rota.node.config;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The cluster's secret: 32 bytes, written as base64. Never shows in logs. Immutable. */
public final class ClusterKey {
    private static final int BYTES = 32;

    private final byte[] bytes;

    private ClusterKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A new one from the system's secure generator. */
    public static ClusterKey random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new ClusterKey(bytes);
    }

    /** The key that everybody knows, for clusters that are declared insecure. */
    public static ClusterKey insecure() {
        return new ClusterKey(new byte[BYTES]);
    }

    /**
     * The key in this text.
     *
     * @throws IllegalArgumentException with a reason for a person
     */
    public static ClusterKey parse(String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the key is not base64", e);
        }
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("the key has " + bytes.length + " bytes instead of " + BYTES);
        }
        return new ClusterKey(bytes);
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public String toBase64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** A key for one purpose: HMAC-SHA256 of the purpose's name under this key (RFC 5869, expand step, one block). */
    public byte[] derive(String purpose) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
            mac.update(purpose.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 1);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no HMAC-SHA256 in this JVM", e);
        }
    }

    @Override
    public String toString() {
        return "ClusterKey";
    }
}
