/**
 * Runs that need no process of their own: HTTP calls, and Java tasks in the node's JVM. Main types: {@code RunThreads},
 * {@code HttpCall}, {@code PluginJars}, {@code JavaCall}. Imported by the run package only.
 */
@NullMarked
package io.rota.scheduler.runner;

import org.jspecify.annotations.NullMarked;
