package io.rota.membership.net;

import io.rota.membership.Keyring;
import io.rota.membership.protocol.Protocol;
import io.rota.membership.wire.SealedPackets;
import java.util.List;

/**
 * This node's keyring and its changes, each checked against what the members tell of theirs, so that no step can cut a live member off. Confined to the
 * protocol thread.
 */
final class KeyRotation {

    private final SealedPackets seal;
    private final Protocol protocol;
    private Keyring keys;

    KeyRotation(Keyring keys, SealedPackets seal, Protocol protocol) {
        this.keys = keys;
        this.seal = seal;
        this.protocol = protocol;
    }

    /** Not checked. */
    void replace(Keyring changed) {
        keys = changed;
        seal.rotate(keys);
        protocol.holdKeys(System.nanoTime(), keys.ids());
    }

    /** Opens with this key too. */
    void add(byte[] key) {
        replace(keys.add(key));
    }

    /** Seals with this key, unless live members lack it: their names. */
    List<String> use(byte[] key) {
        Keyring changed = keys.use(key);
        List<String> lacking = protocol.lackingKey(Keyring.idOf(key));
        if (lacking.isEmpty()) {
            replace(changed);
        }
        return lacking;
    }

    /** Forgets this key, unless live members still seal with it: their names. */
    List<String> remove(byte[] key) {
        Keyring changed = keys.remove(key);
        List<String> sealing = protocol.sealingWithKey(Keyring.idOf(key));
        if (sealing.isEmpty()) {
            replace(changed);
        }
        return sealing;
    }
}
