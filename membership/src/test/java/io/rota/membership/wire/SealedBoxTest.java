package io.rota.membership.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.rota.membership.Keyring;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SealedBoxTest {

    private static final byte[] TEXT = "hello".getBytes(UTF_8);

    private final SealedBox box = new SealedBox(keys(1), "c", "p");

    @Test
    void whatIsSealedOpens() {
        assertThat(box.open(box.seal(TEXT))).contains(TEXT);
        assertThat(new SealedBox(keys(1), "c", "p").open(box.seal(TEXT))).contains(TEXT);
    }

    @Test
    void otherKeyClusterOrPurposeOpensNothing() {
        byte[] sealed = box.seal(TEXT);

        assertThat(new SealedBox(keys(2), "c", "p").open(sealed)).isEmpty();
        assertThat(new SealedBox(keys(1), "d", "p").open(sealed)).isEmpty();
        assertThat(new SealedBox(keys(1), "c", "q").open(sealed)).isEmpty();
    }

    @Test
    void clusterAndPurposeCannotBeShiftedIntoEachOther() {
        byte[] sealed = new SealedBox(keys(1), "a:b", "c").seal(TEXT);

        assertThat(new SealedBox(keys(1), "a", "b:c").open(sealed)).isEmpty();
    }

    @Test
    void anyChangedBitAndAnyCutIsRefused() {
        byte[] sealed = box.seal(TEXT);

        for (int bit = 0; bit < sealed.length * 8; bit++) {
            byte[] changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(box.open(changed)).isEmpty();
        }
        for (int length = 0; length < sealed.length; length++) {
            assertThat(box.open(Arrays.copyOf(sealed, length))).isEmpty();
        }
    }

    @Test
    void noncesDiffer() {
        Set<String> nonces = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            nonces.add(Arrays.toString(Arrays.copyOf(box.seal(TEXT), 12)));
        }

        assertThat(nonces).hasSize(1000);
    }

    @Test
    void olderKeyStillOpensUntilItIsRemoved() {
        byte[] sealed = box.seal(TEXT);

        box.rotate(keys(2).add(keys(1).keys().get(0)));
        assertThat(box.open(sealed)).contains(TEXT);
        assertThat(new SealedBox(keys(2), "c", "p").open(box.seal(TEXT))).contains(TEXT);

        box.rotate(keys(2));
        assertThat(box.open(sealed)).isEmpty();
    }

    private static Keyring keys(int fill) {
        byte[] key = new byte[Keyring.KEY_BYTES];
        Arrays.fill(key, (byte) fill);
        return Keyring.of(key);
    }
}
