/** The decision: what the platform does with a message, given what the methods found and what the operator wants. */
package org.facteur.verifier.policy;
