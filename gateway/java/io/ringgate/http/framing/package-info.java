/**
 * HTTP/1.1 requests as bytes: the head, the framing of the body, what is discarded of it. Knows no connection and no route.
 */
@NullMarked
package io.ringgate.http.framing;

import org.jspecify.annotations.NullMarked;
