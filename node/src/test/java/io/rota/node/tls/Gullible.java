package io.rota.node.tls;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** One end of a connection that shows a certificate and believes any: what goes wrong is the other end's finding. */
public final class Gullible {
    private Gullible() {}

    public static SSLContext showing(ClusterIdentity identity) throws GeneralSecurityException {
        return context(new OwnCertificate(identity));
    }

    public static SSLContext showingNothing() throws GeneralSecurityException {
        return context();
    }

    private static SSLContext context(KeyManager... keys) throws GeneralSecurityException {
        var context = SSLContext.getInstance(ClusterIdentity.PROTOCOL);
        context.init(keys, new TrustManager[] {new BelievesAll()}, null);
        return context;
    }

    /** Believes anybody. */
    private static final class BelievesAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // Believed.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // Believed.
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
            // Believed.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            // Believed.
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            // Believed.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            // Believed.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
