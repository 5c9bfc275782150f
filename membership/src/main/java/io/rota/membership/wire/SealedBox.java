package io.rota.membership.wire;

import io.rota.membership.Keyring;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals and opens with AES-256-GCM. Thread-safe. Cluster name and purpose are authenticated with each box, so that a box of one cluster
 * or purpose never opens in another. The nonce is a random 64-bit prefix per instance and a counter, so that no two boxes of one key share
 * a nonce; the prefix is drawn anew before the counter wraps. A box that cannot be opened is an empty result, never an exception, and
 * costs one try per key.
 */
public final class SealedBox {

    /** What a seal adds to the plain text: nonce and tag. */
    public static final int OVERHEAD_BYTES = 12 + 16;

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] associated;
    private final Cipher cipher;
    private List<SecretKeySpec> keys;
    private long noncePrefix;
    private int nonceCounter;

    public SealedBox(Keyring keyring, String clusterName, String purpose) {
        this.associated = (clusterName.length() + ":" + clusterName + ":" + purpose).getBytes(StandardCharsets.UTF_8);
        this.keys = specs(keyring);
        this.noncePrefix = RANDOM.nextLong();
        try {
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no AES-GCM", e);
        }
    }

    /** From now on seals with the new primary key and opens with the new keys only. */
    public synchronized void rotate(Keyring keyring) {
        keys = specs(keyring);
    }

    /** Nonce, ciphertext and tag of the plain text. */
    public byte[] seal(byte[] plain) {
        return seal(plain, plain.length);
    }

    /** The same of the first so many bytes. */
    public synchronized byte[] seal(byte[] plain, int length) {
        byte[] box = new byte[length + OVERHEAD_BYTES];
        byte[] nonce = nextNonce();
        System.arraycopy(nonce, 0, box, 0, NONCE_BYTES);
        try {
            cipher.init(Cipher.ENCRYPT_MODE, keys.get(0), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(associated);
            cipher.doFinal(plain, 0, length, box, NONCE_BYTES);
            return box;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refused to seal", e);
        }
    }

    /** The plain text, or empty when no key of the ring opens the box. */
    public Optional<byte[]> open(byte[] box) {
        byte[] plain = new byte[Math.max(0, box.length - OVERHEAD_BYTES)];
        return open(box, plain) < 0 ? Optional.empty() : Optional.of(plain);
    }

    /**
     * The same into a buffer that may be used again: what cannot be opened costs no copy of itself.
     *
     * @return the length of the plain text, or -1 when no key of the ring opens the box or the buffer is too short for it
     */
    public synchronized int open(byte[] box, byte[] plain) {
        if (box.length < OVERHEAD_BYTES || plain.length < box.length - OVERHEAD_BYTES) {
            return -1;
        }
        GCMParameterSpec nonce = new GCMParameterSpec(TAG_BITS, box, 0, NONCE_BYTES);
        for (SecretKeySpec key : keys) {
            int length = open(box, plain, key, nonce);
            if (length >= 0) {
                return length;
            }
        }
        return -1;
    }

    private int open(byte[] box, byte[] plain, SecretKeySpec key, GCMParameterSpec nonce) {
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, nonce);
            cipher.updateAAD(associated);
            return cipher.doFinal(box, NONCE_BYTES, box.length - NONCE_BYTES, plain, 0);
        } catch (AEADBadTagException e) {
            return -1;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refused to open", e);
        }
    }

    private byte[] nextNonce() {
        nonceCounter++;
        if (nonceCounter == 0) {
            noncePrefix = RANDOM.nextLong();
        }
        return ByteBuffer.allocate(NONCE_BYTES)
                .putLong(noncePrefix)
                .putInt(nonceCounter)
                .array();
    }

    private static List<SecretKeySpec> specs(Keyring keyring) {
        return keyring.keys().stream().map(key -> new SecretKeySpec(key, "AES")).toList();
    }
}
