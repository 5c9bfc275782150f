/** A reader of JSON, small enough to need no library. */
@NullMarked
package io.rota.torture.json;

import org.jspecify.annotations.NullMarked;
