/** The torture harness: {@link io.rota.torture.Torture} is its main. Black box: it knows the JAR, its API and the witness. */
@NullMarked
package io.rota.torture;

import org.jspecify.annotations.NullMarked;
