package io.rota.node.config;

/**
 * One thing that is wrong with a config file.
 *
 * @param file as the user named it
 * @param line from 1
 * @param column from 1
 * @param message what is wrong
 * @param hint what to do about it, empty if it is plain
 */
public record Problem(String file, int line, int column, String message, String hint) {
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + message + (hint.isEmpty() ? "" : " (" + hint + ")");
    }
}
