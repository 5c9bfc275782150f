/** The cluster under torture: real processes, their files, their API. */
@NullMarked
package io.rota.torture.cluster;

import org.jspecify.annotations.NullMarked;
