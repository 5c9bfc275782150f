package io.rota.adminui.json;

/** Answer of {@code GET /healthz}: the process answers; nothing more is claimed. */
public record HealthJson(String status) {
    /** The only answer. */
    public static final HealthJson OK = new HealthJson("ok");
}
