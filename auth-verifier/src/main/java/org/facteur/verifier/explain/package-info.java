/**
 * What an explanation is made of: a log of the questions to DNS and of the steps of each method, and the sections that are
 * told of complete results. Start at {@link org.facteur.verifier.explain.Sections}.
 */
package org.facteur.verifier.explain;
