/**
 * The auth-verifier service: says whether a message from outside is what it claims to be. Start with
 * {@code AuthVerifier}, the stage; {@code Verification} runs the independent checks at once, {@code Policy} decides.
 */
package org.facteur.verifier;
