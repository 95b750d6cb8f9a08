/**
 * SPF (RFC 7208): may this client send for this domain? {@link org.facteur.verifier.spf.SpfRecord} parses,
 * {@link org.facteur.verifier.spf.SpfEvaluation} decides, {@link org.facteur.verifier.spf.SpfLookups} asks and counts; start
 * with {@link org.facteur.verifier.spf.Spf}.
 */
package org.facteur.verifier.spf;
