package io.rota.membership;

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

    /** The same keys and one more, last. */
    public Keyring add(byte[] key) {
        List<byte[]> more = new ArrayList<>(without(key));
        more.add(key);
        return new Keyring(more);
    }

    /** The same keys with this one, which must be held already, as primary. */
    public Keyring use(byte[] key) {
        if (without(key).size() == keys.size()) {
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
