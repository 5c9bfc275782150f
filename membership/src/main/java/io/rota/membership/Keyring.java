package io.rota.membership;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The cluster's AES-256 keys. Immutable. The first is the primary: it seals; all of them open. Rotation without a pause is: add the new
 * key on every node, make it primary on every node, remove the old one on every node. Never printed.
 */
public final class Keyring {

    /** Length of a key. */
    public static final int KEY_BYTES = 32;
    /** Most keys at once: each costs one more try for a packet that cannot be opened. */
    public static final int KEYS_LIMIT = 4;

    private final List<byte[]> keys;

    private Keyring(List<byte[]> keys) {
        if (keys.isEmpty() || keys.size() > KEYS_LIMIT) {
            throw new IllegalArgumentException("a keyring holds 1 to " + KEYS_LIMIT + " keys, but got " + keys.size());
        }
        for (byte[] key : keys) {
            if (key.length != KEY_BYTES) {
                throw new IllegalArgumentException("a key has " + KEY_BYTES + " bytes, but got one of " + key.length);
            }
        }
        this.keys = keys.stream().map(byte[]::clone).toList();
    }

    /** A keyring of these keys, the first of them primary. */
    public static Keyring of(byte[]... keys) {
        return new Keyring(List.of(keys));
    }

    /** Copies of the keys, primary first. */
    public List<byte[]> keys() {
        return keys.stream().map(byte[]::clone).toList();
    }

    /** A short id of a key, by which members tell each other which keys they hold; it says nothing of the key itself. */
    public static int idOf(byte[] key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("rota key id".getBytes(StandardCharsets.US_ASCII));
            return ByteBuffer.wrap(digest.digest(key)).getInt();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256", e);
        }
    }

    /** The ids of the keys, primary first. */
    public List<Integer> ids() {
        return keys.stream().map(Keyring::idOf).toList();
    }

    /** True when this key is held. */
    public boolean holds(byte[] key) {
        return without(key).size() < keys.size();
    }

    /** The same keys and one more, last; the same keyring where it is held already. */
    public Keyring add(byte[] key) {
        if (holds(key)) {
            return this;
        }
        List<byte[]> more = new ArrayList<>(keys);
        more.add(key);
        return new Keyring(more);
    }

    /** The same keys with this one, which must be held already, as primary. */
    public Keyring use(byte[] key) {
        if (!holds(key)) {
            throw new IllegalArgumentException("add the key on every node before it is used");
        }
        List<byte[]> reordered = new ArrayList<>(without(key));
        reordered.add(0, key);
        return new Keyring(reordered);
    }

    /** The same keys without this one; the primary is refused. */
    public Keyring remove(byte[] key) {
        if (Arrays.equals(keys.get(0), key)) {
            throw new IllegalArgumentException("the primary key cannot be removed: use another one first");
        }
        return new Keyring(without(key));
    }

    @Override
    public String toString() {
        return "Keyring[" + keys.size() + " keys]";
    }

    private List<byte[]> without(byte[] key) {
        return keys.stream().filter(held -> !Arrays.equals(held, key)).toList();
    }
}
