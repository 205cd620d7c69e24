/**
 * The operator's pages: metrics, health, status and reload, on a listener of their own. Must not know what the pages say.
 */
@NullMarked
package io.ringgate.http.admin;

import org.jspecify.annotations.NullMarked;
