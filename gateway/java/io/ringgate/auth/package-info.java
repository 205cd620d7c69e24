/**
 * Who is calling: the contract by which a credential leads to one edge, or to a refusal. The methods lie in packages
 * below and never see one another. Any doubt means no.
 */
@NullMarked
package io.ringgate.auth;

import org.jspecify.annotations.NullMarked;
