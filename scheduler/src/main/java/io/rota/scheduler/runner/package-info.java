/**
 * Runs that need no process of their own: HTTP calls, and Java tasks in the node's JVM. Main types: {@code RunThreads},
 * {@code HttpCall}, {@code PluginJars}, {@code JavaCall}. {@code TaskJvm} is the main of a Java task's own JVM.
 */
@NullMarked
package io.rota.scheduler.runner;

import org.jspecify.annotations.NullMarked;
