/** SEARCH: keys ({@link org.facteur.imap.search.SearchKey}), their parser, and the decision whether a message matches. */
package org.facteur.imap.search;
