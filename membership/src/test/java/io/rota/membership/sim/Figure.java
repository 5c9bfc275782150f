package io.rota.membership.sim;

/**
 * One measured figure against its bar.
 *
 * @param bar what is measured
 * @param measured what came out
 * @param target what it must reach
 * @param met whether it does
 */
public record Figure(String bar, String measured, String target, boolean met) {

    @Override
    public String toString() {
        return String.format("%-4s %-34s %-58s bar: %s", met ? "ok" : "MISS", bar, measured, target);
    }
}
