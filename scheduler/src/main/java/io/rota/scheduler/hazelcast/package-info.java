/** Task locks on the Hazelcast CP subsystem: the only package that knows Hazelcast. */
@NullMarked
package io.rota.scheduler.hazelcast;

import org.jspecify.annotations.NullMarked;
