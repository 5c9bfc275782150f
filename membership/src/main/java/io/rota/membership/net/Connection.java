package io.rota.membership.net;

/** A TCP connection under way. Confined to the protocol thread. */
interface Connection {

    /** The selector says that something can be done. */
    void ready();

    /** Gives up if its time is over. */
    void expire(long nowNanos);

    void close();
}
