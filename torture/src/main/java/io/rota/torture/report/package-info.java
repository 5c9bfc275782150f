/** What a person reads: figures, the summary, the timeline as a page. */
@NullMarked
package io.rota.torture.report;

import org.jspecify.annotations.NullMarked;
