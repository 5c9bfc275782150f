package io.rota.node.tls;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.security.auth.x500.X500Principal;

/**
 * A node's certificate: X.509 version 3 (RFC 5280), self-signed, the node's name as CN and the cluster's as O, and one
 * extension that only a holder of the cluster key can make: HMAC-SHA256 over both names and the public key. So there is
 * no authority whose key could be lost and no file to hand out. It is valid at any time, since a node whose clock is
 * wrong must not lose its cluster; what ends it is the end of the cluster key. Stateless.
 */
final class NodeCertificate {
    /** Under the arc for identifiers that nobody has to register (ITU-T X.667): this number was drawn for it. */
    static final String SEAL_IDENTIFIER = "2.25.139973496846558206202487320310193123158";

    private static final String SIGNATURE = "SHA256withECDSA";
    private static final byte[] SIGNATURE_IDENTIFIER = Der.sequence(Der.identifier("1.2.840.10045.4.3.2"));
    private static final BigInteger VERSION_3 = BigInteger.TWO;
    /** RFC 5280 4.1.2.5: 99991231235959Z for a certificate without an end. */
    private static final byte[] ANY_TIME = Der.sequence(
            Der.value(Der.UTC_TIME, ascii("700101000000Z")), Der.value(Der.GENERALIZED_TIME, ascii("99991231235959Z")));

    private static final int SERIAL_BITS = 63;
    private static final String HMAC = "HmacSHA256";
    private static final int HMAC_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private NodeCertificate() {}

    /** The key under which certificates are sealed: of use for nothing else (RFC 5869, expand step, one block). */
    static byte[] sealingKey(byte[] clusterKey) {
        return hmac(clusterKey, ascii("rota node certificate"), new byte[] {1});
    }

    static X509Certificate issue(byte[] sealingKey, String clusterName, String nodeName, KeyPair keys)
            throws GeneralSecurityException {
        byte[] subject = subject(clusterName, nodeName).getEncoded();
        byte[] publicKey = keys.getPublic().getEncoded();
        byte[] seal = Der.value(Der.OCTET_STRING, hmac(sealingKey, subject, publicKey));
        byte[] extension = Der.sequence(Der.identifier(SEAL_IDENTIFIER), Der.value(Der.OCTET_STRING, seal));
        byte[] content = Der.sequence(
                Der.numbered(0, Der.integer(VERSION_3)),
                Der.integer(new BigInteger(SERIAL_BITS, RANDOM).add(BigInteger.ONE)),
                SIGNATURE_IDENTIFIER,
                subject,
                ANY_TIME,
                subject,
                publicKey,
                Der.numbered(3, Der.sequence(extension)));
        var signature = Signature.getInstance(SIGNATURE);
        signature.initSign(keys.getPrivate());
        signature.update(content);
        byte[] certificate = Der.sequence(content, SIGNATURE_IDENTIFIER, Der.bits(signature.sign()));
        return parse(certificate);
    }

    private static X509Certificate parse(byte[] certificate) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate));
    }

    /** The node that this certificate names; empty unless one of these keys has sealed it for this cluster. */
    static Optional<String> nameIn(X509Certificate certificate, String clusterName, List<byte[]> sealingKeys) {
        var subject = certificate.getSubjectX500Principal();
        byte[] encoded = certificate.getExtensionValue(SEAL_IDENTIFIER);
        PublicKey publicKey = certificate.getPublicKey();
        if (encoded == null || encoded.length < HMAC_BYTES) {
            return Optional.empty();
        }
        byte[] seal = Arrays.copyOfRange(encoded, encoded.length - HMAC_BYTES, encoded.length);
        boolean sealed = sealingKeys.stream()
                .anyMatch(key -> MessageDigest.isEqual(seal, hmac(key, subject.getEncoded(), publicKey.getEncoded())));
        // What is sealed was written by a holder of the key, in the form of subject().
        return sealed
                ? Optional.of(cn(subject)).filter(name -> subject.equals(subject(clusterName, name)))
                : Optional.empty();
    }

    private static X500Principal subject(String clusterName, String nodeName) {
        return new X500Principal("CN=" + nodeName + ",O=" + clusterName);
    }

    private static String cn(X500Principal subject) {
        var text = subject.getName();
        int end = text.indexOf(',');
        return text.startsWith("CN=") && end > 0 ? text.substring("CN=".length(), end) : "";
    }

    private static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no HMAC-SHA256 in this JVM", e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
