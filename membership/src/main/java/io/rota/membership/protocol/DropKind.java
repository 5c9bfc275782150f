package io.rota.membership.protocol;

/** Why a packet or a part of it was ignored. Each kind is counted. */
public enum DropKind {
    /** No key of the ring opens it: wrong key or another cluster. */
    UNSEALED,
    /** Opened, but not a packet of this protocol. */
    MALFORMED,
    /** A wire version that we do not speak. */
    VERSION,
    /** Larger than any packet, on the wire or once decoded. */
    OVERSIZED,
    /** Shown before, or too old to tell. */
    REPLAYED,
    /** A ping for an earlier process at our address. */
    WRONG_BOOT,
    /** News from somebody who is no live member. */
    STRANGER,
    /** An answer that nobody waits for. */
    UNASKED,
    /** A bounded queue was full. */
    OVERFLOW
}
