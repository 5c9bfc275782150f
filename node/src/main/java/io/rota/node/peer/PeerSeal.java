package io.rota.node.peer;

import io.rota.membership.Keyring;
import io.rota.membership.wire.SealedBox;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/**
 * Seals requests and answers with the cluster key. Each request carries a random number that its answer repeats, so that
 * no recorded answer passes for another. Thread-safe.
 */
final class PeerSeal {
    private static final int NUMBER_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SealedBox requests;
    private final SealedBox answers;

    PeerSeal(Keyring keys, String clusterName) {
        this.requests = new SealedBox(keys, clusterName, "peer request");
        this.answers = new SealedBox(keys, clusterName, "peer answer");
    }

    /** A message with the number that ties answer to request. */
    static final class Numbered {
        private final byte[] number;
        private final byte[] message;

        private Numbered(byte[] number, byte[] message) {
            this.number = number;
            this.message = message;
        }

        byte[] message() {
            return message;
        }

        boolean answers(Numbered request) {
            return Arrays.equals(number, request.number);
        }
    }

    static Numbered request(byte[] message) {
        byte[] number = new byte[NUMBER_BYTES];
        RANDOM.nextBytes(number);
        return new Numbered(number, message);
    }

    static Numbered answer(Numbered request, byte[] message) {
        return new Numbered(request.number, message);
    }

    byte[] sealRequest(Numbered request) {
        return requests.seal(bytes(request));
    }

    Optional<Numbered> openRequest(byte[] sealed) {
        return requests.open(sealed).flatMap(PeerSeal::numbered);
    }

    byte[] sealAnswer(Numbered answer) {
        return answers.seal(bytes(answer));
    }

    Optional<Numbered> openAnswer(byte[] sealed) {
        return answers.open(sealed).flatMap(PeerSeal::numbered);
    }

    private static byte[] bytes(Numbered numbered) {
        return ByteBuffer.allocate(NUMBER_BYTES + numbered.message.length)
                .put(numbered.number)
                .put(numbered.message)
                .array();
    }

    private static Optional<Numbered> numbered(byte[] bytes) {
        return bytes.length < NUMBER_BYTES
                ? Optional.empty()
                : Optional.of(new Numbered(
                        Arrays.copyOf(bytes, NUMBER_BYTES), Arrays.copyOfRange(bytes, NUMBER_BYTES, bytes.length)));
    }
}
