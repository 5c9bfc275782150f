/** Tests of the admin server over real HTTP, and a demo page to look at. */
@NullMarked
package io.rota.adminui;

import org.jspecify.annotations.NullMarked;
