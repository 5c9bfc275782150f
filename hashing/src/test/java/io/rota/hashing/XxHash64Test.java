package io.rota.hashing;

import static org.assertj.core.api.Assertions.assertThat;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class XxHash64Test {

    @ParameterizedTest
    @CsvSource({
        "'', ef46db3751d8e999",
        "a, d24ec4f1a98c6e5b",
        "abc, 44bc2cf5ad770999",
        "node-1, 1664ee5e5c6b16a5",
        "task-000001, 7fa3f47ef514299f",
        "The quick brown fox jumps over the lazy dog, 0b242d361fda71bc"
    })
    void publishedVectorsAreMet(String text, String expected) {
        assertThat(Long.toHexString(XxHash64.hash(text))).isEqualTo(expected.replaceFirst("^0+", ""));
    }

    @Test
    void textOfEachLengthAgreesWithHash4j() {
        Hasher64 oracle = Hashing.xxh64();
        StringBuilder ascii = new StringBuilder();
        StringBuilder mixed = new StringBuilder("ä");
        SplittableRandom random = new SplittableRandom(1);
        for (int length = 0; length < 200; length++) {
            assertThat(XxHash64.hash(ascii.toString())).isEqualTo(oracle.hashBytesToLong(utf8(ascii.toString())));
            assertThat(XxHash64.hash(mixed.toString())).isEqualTo(oracle.hashBytesToLong(utf8(mixed.toString())));
            ascii.append((char) random.nextInt(0x80));
            mixed.append((char) random.nextInt(1, 0xD800));
        }
    }

    @Test
    void longsAgreeWithHash4jUnderEachSeed() {
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 1000; i++) {
            long value = random.nextLong();
            long seed = random.nextLong();
            byte[] bytes = ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(value)
                    .array();
            assertThat(XxHash64.hash(value, seed))
                    .isEqualTo(Hashing.xxh64(seed).hashBytesToLong(bytes))
                    .isEqualTo(XxHash64.hash(bytes, seed));
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
