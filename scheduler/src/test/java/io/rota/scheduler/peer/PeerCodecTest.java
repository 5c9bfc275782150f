package io.rota.scheduler.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.rota.scheduler.arbitration.ClaimDecision;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What one node sends another understands, and what nobody sent harms nobody. */
final class PeerCodecTest {
    private static final int VERSION_BYTE = 0;
    private static final int KIND_BYTE = 1;

    @Test
    void everyKindOfRequestComesThrough() {
        assertThat(kinds(Messages.requests())).containsExactlyInAnyOrderElementsOf(Messages.kindsOfRequests());

        for (var request : Messages.requests()) {
            assertThat(PeerCodec.decodeRequest(PeerCodec.encode(request))).isEqualTo(request);
        }
    }

    @Test
    void everyKindOfAnswerComesThrough() {
        assertThat(kinds(Messages.answers())).containsExactlyInAnyOrder(PeerAnswer.class.getPermittedSubclasses());

        for (var answer : Messages.answers()) {
            assertThat(PeerCodec.decodeAnswer(PeerCodec.encode(answer))).isEqualTo(answer);
        }
    }

    @Test
    void everyKindOfDecisionIsAmongTheAnswers() {
        assertThat(kinds(Messages.decisions())).containsExactlyInAnyOrder(ClaimDecision.class.getPermittedSubclasses());
    }

    @Test
    void messageCutShortAnywhereIsRefused() {
        for (var bytes : encodedRequests()) {
            for (int length = 0; length < bytes.length; length++) {
                byte[] cut = Arrays.copyOf(bytes, length);
                assertThatThrownBy(() -> PeerCodec.decodeRequest(cut)).isInstanceOf(MalformedMessageException.class);
            }
        }
        for (var bytes : encodedAnswers()) {
            for (int length = 0; length < bytes.length; length++) {
                byte[] cut = Arrays.copyOf(bytes, length);
                assertThatThrownBy(() -> PeerCodec.decodeAnswer(cut)).isInstanceOf(MalformedMessageException.class);
            }
        }
    }

    @Test
    void bytesAfterTheEndAreRefused() {
        byte[] bytes = PeerCodec.encode(new PeerRequest.AskReport(1));

        assertThatThrownBy(() -> PeerCodec.decodeRequest(Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage("1 bytes after the end");
    }

    @Test
    void anotherVersionIsNamedAndRefused() {
        byte[] bytes = PeerCodec.encode(new PeerRequest.AskReport(1));
        bytes[VERSION_BYTE] = 9;

        assertThatThrownBy(() -> PeerCodec.decodeRequest(bytes))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage("version 9 instead of 5");
    }

    @Test
    void unknownKindIsRefused() {
        byte[] bytes = PeerCodec.encode(new PeerRequest.AskReport(1));
        bytes[KIND_BYTE] = 99;

        assertThatThrownBy(() -> PeerCodec.decodeRequest(bytes))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage("unknown request 99");
        assertThatThrownBy(() -> PeerCodec.decodeAnswer(bytes))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage("unknown answer 99");
    }

    @Test
    void tokenThatNoClaimCanHaveIsRefused() {
        var request = Messages.requests().stream()
                .filter(PeerRequest.WriteBook.class::isInstance)
                .findFirst()
                .orElseThrow();
        byte[] bytes = PeerCodec.encode(request);
        // Version, kind, an empty record of a list and a number; the length of a list; a text; then the token.
        int record = 2 + Integer.BYTES + Long.BYTES;
        int token = record + 2 * Integer.BYTES + "n1/c-7".length();
        assertThat(ByteBuffer.wrap(bytes).getLong(token)).isEqualTo(7);
        ByteBuffer.wrap(bytes).putLong(token, 0);

        assertThatThrownBy(() -> PeerCodec.decodeRequest(bytes))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("token 0");
    }

    @Test
    void damagedMessagesAreRefusedOrUnderstoodAndNeverCostMuch() {
        var requests = encodedRequests();
        var answers = encodedAnswers();
        var damage = new Damage(new Random(20_260_101));
        var count = new Outcomes();

        for (int i = 0; i < 100_000; i++) {
            count.add(PeerCodec::decodeRequest, damage.of(requests.get(i % requests.size())));
            count.add(PeerCodec::decodeAnswer, damage.of(answers.get(i % answers.size())));
        }

        // Both roads were taken often, or the damage is none.
        assertThat(count.refused).isGreaterThan(50_000);
        assertThat(count.understood).isGreaterThan(10_000);
    }

    /** Counts what became of damaged messages; any other end fails the test with the bytes that led to it. */
    private static final class Outcomes {
        /** What loading a class costs at its first use; a length taken at its word would cost a megabyte and more. */
        private static final long ALLOWED_BYTES = 512 << 10;

        private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        private final long self = Thread.currentThread().getId();
        private int understood;
        private int refused;

        void add(Function<byte[], ?> decoder, byte[] bytes) {
            long before = threads.getThreadAllocatedBytes(self);
            try {
                var unused = decoder.apply(bytes);
                understood++;
            } catch (MalformedMessageException e) {
                refused++;
            } catch (RuntimeException e) {
                throw new AssertionError("not refused in good order: " + Arrays.toString(bytes), e);
            }
            long allocated = threads.getThreadAllocatedBytes(self) - before;
            assertThat(allocated)
                    .as(() -> "bytes allocated for " + Arrays.toString(bytes))
                    .isLessThan(ALLOWED_BYTES);
        }
    }

    /** Damages messages in the ways in which lengths, counts and kinds go wrong. */
    private static final class Damage {
        private static final int[] NASTY = {
            Integer.MIN_VALUE, -1, 0, 1, 255, 99_999, 100_001, 1 << 20, Integer.MAX_VALUE - 8, Integer.MAX_VALUE
        };

        private final Random random;

        Damage(Random random) {
            this.random = random;
        }

        byte[] of(byte[] message) {
            byte[] bytes = message.clone();
            int times = 1 + random.nextInt(3);
            for (int i = 0; i < times && bytes.length > 0; i++) {
                bytes = once(bytes);
            }
            return bytes;
        }

        private byte[] once(byte[] bytes) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> {
                    return Arrays.copyOf(bytes, at);
                }
                case 3 -> {
                    return Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(64));
                }
                default -> {
                    if (at + Integer.BYTES <= bytes.length) {
                        ByteBuffer.wrap(bytes).putInt(at, NASTY[random.nextInt(NASTY.length)]);
                    }
                }
            }
            return bytes;
        }
    }

    private static Set<Class<?>> kinds(List<?> messages) {
        return messages.stream().map(Object::getClass).collect(Collectors.toSet());
    }

    private static List<byte[]> encodedRequests() {
        var encoded = new ArrayList<byte[]>();
        Messages.requests().forEach(request -> encoded.add(PeerCodec.encode(request)));
        return encoded;
    }

    private static List<byte[]> encodedAnswers() {
        var encoded = new ArrayList<byte[]>();
        Messages.answers().forEach(answer -> encoded.add(PeerCodec.encode(answer)));
        return encoded;
    }
}
