package io.rota.scheduler;

import java.nio.file.Path;

/** Where a secret of a task is read when a run starts. The config file holds this, never the value. Immutable. */
public sealed interface SecretSource {
    /** The same with its path made absolute. */
    SecretSource beside(Path directory);

    /**
     * A file that nobody else may read.
     *
     * @param path absolute or relative to the config file's directory
     */
    record File(String path) implements SecretSource {
        @Override
        public File beside(Path directory) {
            return new File(directory.resolve(path).toString());
        }
    }

    /**
     * A variable of the environment that the node was started with.
     *
     * @param name of the variable
     */
    record Env(String name) implements SecretSource {
        @Override
        public Env beside(Path directory) {
            return this;
        }
    }
}
