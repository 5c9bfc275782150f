package io.rota.adminui.json;

/** Body of a command that says all by its path: an empty object. */
public record NothingJson() {}
