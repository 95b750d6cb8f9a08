/** Tests of the logs that explanations are made of. */
package org.facteur.verifier.explain;
