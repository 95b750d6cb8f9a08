package org.facteur.platform.config;

/** A setting that stops the start; its message is the one line for the person: variable, value, what is accepted. */
public final class SettingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With that one line. */
    public SettingException(String line) {
        super(line);
    }
}
