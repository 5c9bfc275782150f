/** The config file: the only place that reads YAML. Reports all errors at once, each with line, column and remedy. */
@NullMarked
package io.rota.node.config;

import org.jspecify.annotations.NullMarked;
