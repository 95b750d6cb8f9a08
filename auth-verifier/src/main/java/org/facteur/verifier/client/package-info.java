/** What is known of the client's address: its reverse DNS ({@code iprev}) and the blocklists that name it ({@code dnsbl}). */
package org.facteur.verifier.client;
