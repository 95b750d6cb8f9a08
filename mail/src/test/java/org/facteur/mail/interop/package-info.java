/** DKIM and ARC together with the tools of others, where these are installed. */
package org.facteur.mail.interop;
