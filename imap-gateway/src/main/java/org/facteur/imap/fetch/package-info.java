/** What FETCH asks for ({@link org.facteur.imap.fetch.FetchItem}) and how it is answered. */
package org.facteur.imap.fetch;
