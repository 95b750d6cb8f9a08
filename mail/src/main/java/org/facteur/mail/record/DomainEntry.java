package org.facteur.mail.record;

import java.time.Instant;

/** Value on {@link Topic#DOMAINS}: a domain whose mail lives here; {@code domain} is in lower-case A-labels. */
public record DomainEntry(String domain, Instant createdAt) {}
