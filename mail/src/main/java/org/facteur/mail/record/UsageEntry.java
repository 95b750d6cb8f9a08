package org.facteur.mail.record;

/** Value on {@link Topic#USAGE}: octets and messages that an account keeps. */
public record UsageEntry(String account, long bytes, long messages) {}
