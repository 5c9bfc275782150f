package io.rota.node.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is read back by the JDK's own reader of certificates, and names whom the cluster key says. */
final class NodeCertificateTest {
    private static final byte[] KEY = sealingKey(1);
    private static final byte[] ANOTHER = sealingKey(2);

    private final KeyPair keys = newKeys();

    @Test
    void certificateIsWellFormedAndSignedByItsOwnKey() throws GeneralSecurityException {
        var certificate = issue("rota", "n1");

        certificate.verify(keys.getPublic());
        assertThat(certificate.getVersion()).isEqualTo(3);
        assertThat(certificate.getPublicKey()).isEqualTo(keys.getPublic());
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=n1,O=rota");
        assertThat(certificate.getIssuerX500Principal()).isEqualTo(certificate.getSubjectX500Principal());
        assertThat(certificate.getSerialNumber()).isPositive();
        assertThat(certificate.getCriticalExtensionOIDs()).isEmpty();
        assertThat(certificate.getNonCriticalExtensionOIDs()).containsExactly(NodeCertificate.SEAL_IDENTIFIER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1971-01-01T00:00:00Z", "2026-06-01T00:00:00Z", "2150-01-01T00:00:00Z", "9999-12-31T00:00:00Z"})
    void certificateIsValidAtAnyTime(String time) throws GeneralSecurityException {
        issue("rota", "n1").checkValidity(Date.from(Instant.parse(time)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"n1", "a", "node_7.eu-west", "0123456789012345678901234567890123456789012345678901234567890ab"})
    void nodeIsNamed(String name) throws GeneralSecurityException {
        assertThat(NodeCertificate.nameIn(issue("Rota.prod_1", name), "Rota.prod_1", List.of(KEY)))
                .contains(name);
    }

    @Test
    void anyKeyOfTheRingWillDo() throws GeneralSecurityException {
        assertThat(NodeCertificate.nameIn(issue("rota", "n1"), "rota", List.of(ANOTHER, KEY)))
                .contains("n1");
    }

    @Test
    void anotherKeyNamesNobody() throws GeneralSecurityException {
        assertThat(NodeCertificate.nameIn(issue("rota", "n1"), "rota", List.of(ANOTHER)))
                .isEmpty();
        assertThat(NodeCertificate.nameIn(issue("rota", "n1"), "rota", List.of()))
                .isEmpty();
    }

    @Test
    void anotherClusterUnderTheSameKeyNamesNobody() throws GeneralSecurityException {
        assertThat(NodeCertificate.nameIn(issue("rota", "n1"), "rota2", List.of(KEY)))
                .isEmpty();
    }

    @Test
    void sealOfOneNodeFitsNoOtherNameAndNoOtherKey() throws GeneralSecurityException {
        byte[] genuine = issue("rota", "n1").getEncoded();
        byte[] foreign = NodeCertificate.issue(KEY, "rota", "n1", newKeys()).getEncoded();
        byte[] seal = seal(genuine);

        var renamed = parse(replaced(genuine, ascii("n1"), ascii("n2")));
        var rekeyed = parse(replaced(foreign, seal(foreign), seal));

        assertThat(renamed.getSubjectX500Principal().getName()).isEqualTo("CN=n2,O=rota");
        assertThat(NodeCertificate.nameIn(renamed, "rota", List.of(KEY))).isEmpty();
        assertThat(NodeCertificate.nameIn(rekeyed, "rota", List.of(KEY))).isEmpty();
        assertThat(NodeCertificate.nameIn(parse(foreign), "rota", List.of(KEY))).contains("n1");
    }

    @Test
    void certificateWithoutASealNamesNobody() throws GeneralSecurityException {
        byte[] identifier = Der.identifier(NodeCertificate.SEAL_IDENTIFIER);
        byte[] other = identifier.clone();
        other[other.length - 1] ^= 1;

        var unsealed = parse(replaced(issue("rota", "n1").getEncoded(), identifier, other));

        assertThat(NodeCertificate.nameIn(unsealed, "rota", List.of(KEY))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        // X.690 8.19.5; RFC 5758 3.2; X.667 8 (the UUID f81d4fae-7dec-11d0-a765-00a0c91e6bf6).
        "2.999.3, 0603883703",
        "1.2.840.10045.4.3.2, 06082a8648ce3d040302",
        "2.25.329800735698586629295641978511506172918, 06146983f09da7ebcfdee0c7a1a7b2c0948cc8f9d776",
    })
    void identifiersAreWrittenAsTheStandardsShowThem(String dotted, String hex) {
        assertThat(HexFormat.of().formatHex(Der.identifier(dotted))).isEqualTo(hex);
    }

    @ParameterizedTest
    @CsvSource({"0, 0400", "127, 047f", "128, 048180", "255, 0481ff", "256, 04820100", "65536, 0483010000"})
    void lengthsTakeAsManyBytesAsTheyNeed(int length, String head) {
        byte[] value = Der.value(Der.OCTET_STRING, new byte[length]);

        assertThat(HexFormat.of().formatHex(value)).startsWith(head);
        assertThat(value).hasSize(length + head.length() / 2);
    }

    private X509Certificate issue(String cluster, String node) throws GeneralSecurityException {
        return NodeCertificate.issue(KEY, cluster, node, keys);
    }

    private static byte[] seal(byte[] certificate) throws GeneralSecurityException {
        byte[] value = parse(certificate).getExtensionValue(NodeCertificate.SEAL_IDENTIFIER);
        return Arrays.copyOfRange(value, value.length - 32, value.length);
    }

    private static X509Certificate parse(byte[] certificate) throws GeneralSecurityException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate));
    }

    /** Each place where these bytes stand, of which there must be one at least. */
    private static byte[] replaced(byte[] bytes, byte[] from, byte[] to) {
        byte[] result = bytes.clone();
        int found = 0;
        for (int i = 0; i + from.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + from.length, from, 0, from.length)) {
                System.arraycopy(to, 0, result, i, to.length);
                found++;
            }
        }
        assertThat(found).isPositive();
        return result;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] sealingKey(int fill) {
        byte[] clusterKey = new byte[32];
        Arrays.fill(clusterKey, (byte) fill);
        return NodeCertificate.sealingKey(clusterKey);
    }

    private static KeyPair newKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
