package io.ringgate.auth.basic;

import org.jspecify.annotations.Nullable;

/**
 * What a password was checked against. The result counts as long as the user has just this hash.
 *
 * @param hash null for an unknown user
 */
record CheckedPassword(String user, @Nullable StoredHash hash) {}
