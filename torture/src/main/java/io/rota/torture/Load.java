package io.rota.torture;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/** How busy the machine is. */
final class Load {
    private Load() {}

    /** Runnable threads over the last minute, as the kernel counts them. */
    static String now() {
        return String.format(
                Locale.ROOT,
                "%.1f",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
}
