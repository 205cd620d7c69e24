/**
 * What {@code ringgate check} finds by looking beyond the text of the configuration: certificates, memory, addresses, and the
 * receivers themselves. Changes nothing and starts nothing that stays.
 */
@NullMarked
package io.ringgate.app.check;

import org.jspecify.annotations.NullMarked;
