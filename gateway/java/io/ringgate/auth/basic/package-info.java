/**
 * Basic authentication against an htpasswd file: read the header strictly, find the user's hash, check the
 * password against it. Must not know what an edge may do.
 */
@NullMarked
package io.ringgate.auth.basic;

import org.jspecify.annotations.NullMarked;
