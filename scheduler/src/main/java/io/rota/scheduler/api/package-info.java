/**
 * What a task written in Java is made of: {@code Task} and {@code TaskContext}. The only package of Rota that a plug-in
 * JAR sees. Imports nothing but the JDK.
 */
@NullMarked
package io.rota.scheduler.api;

import org.jspecify.annotations.NullMarked;
