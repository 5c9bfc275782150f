package io.rota.node.tls;

import io.rota.membership.Keyring;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;

/**
 * What this node shows to the others over TLS and what it accepts from them. Its key pair is drawn at each start; its
 * certificate is sealed with the primary key of the ring, and certificates sealed with any key of the ring are
 * accepted. Whoever uses a connection asks {@link #nameAt} for each exchange, so that a connection or a resumed session
 * of a key that was removed meanwhile is worth nothing. Thread-safe.
 */
public final class ClusterIdentity {
    /** The only protocol, on either end. */
    public static final String PROTOCOL = "TLSv1.3";

    private final String clusterName;
    private final String nodeName;
    private final KeyPair keys;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile List<byte[]> sealingKeys;
    private volatile X509Certificate certificate;
    private volatile SSLContext context;

    public ClusterIdentity(Keyring ring, String clusterName, String nodeName) {
        this.clusterName = clusterName;
        this.nodeName = nodeName;
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            this.keys = generator.generateKeyPair();
            this.sealingKeys = sealingKeys(ring);
            this.certificate = issue();
            this.context = newContext();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime cannot do ECDSA over P-256 with TLS 1.3", e);
        }
    }

    public String nodeName() {
        return nodeName;
    }

    /**
     * From now on shows a certificate under the new primary key and accepts those under the new keys only. Without a
     * pause where the order of {@link Keyring} is kept: add everywhere, use everywhere, remove everywhere.
     */
    public synchronized void rotate(Keyring ring) {
        try {
            sealingKeys = sealingKeys(ring);
            certificate = issue();
            // A new context has no session to resume, so that the next connection shows the new certificate.
            context = newContext();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the certificate cannot be made anew", e);
        }
        listeners.forEach(Runnable::run);
    }

    /** Called after each rotation, on the thread that rotates. */
    public void onRotation(Runnable listener) {
        listeners.add(listener);
    }

    /** TLS of this node, both as client and as server; another one after a rotation. */
    public SSLContext context() {
        return context;
    }

    /** What both ends insist on: TLS 1.3, a certificate of the client, no host name (a node's name is its identity). */
    public static SSLParameters parameters() {
        var parameters = new SSLParameters();
        parameters.setProtocols(new String[] {PROTOCOL});
        parameters.setNeedClientAuth(true);
        return parameters;
    }

    /** The node at the other end of a session, by the keys of this moment; empty if it is no member. */
    public Optional<String> nameAt(SSLSession session) {
        try {
            Certificate first = session.getPeerCertificates()[0];
            return first instanceof X509Certificate shown ? nameIn(shown) : Optional.empty();
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }

    Optional<String> nameIn(X509Certificate shown) {
        return NodeCertificate.nameIn(shown, clusterName, sealingKeys);
    }

    X509Certificate certificate() {
        return certificate;
    }

    KeyPair keys() {
        return keys;
    }

    private X509Certificate issue() throws GeneralSecurityException {
        return NodeCertificate.issue(sealingKeys.get(0), clusterName, nodeName, keys);
    }

    private SSLContext newContext() throws GeneralSecurityException {
        var made = SSLContext.getInstance(PROTOCOL);
        made.init(new KeyManager[] {new OwnCertificate(this)}, new TrustManager[] {new MembersOnly(this)}, null);
        return made;
    }

    private static List<byte[]> sealingKeys(Keyring ring) {
        return ring.keys().stream().map(NodeCertificate::sealingKey).toList();
    }
}
