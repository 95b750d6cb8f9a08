package org.facteur.platform.service;

import java.net.BindException;
import java.util.Optional;
import org.facteur.platform.config.SettingException;

/**
 * Why a process could not start, for the person who started it.
 *
 * @param status the process's exit status: 2 a wrong setting, 3 a port in use, 1 anything else
 * @param line one line without a stack
 */
public record StartFailure(int status, String line) {
    /** What a failed start comes to. */
    public static StartFailure of(Throwable cause) {
        Optional<Throwable> setting = within(cause, SettingException.class);
        if (setting.isPresent()) {
            return new StartFailure(2, setting.get().getMessage());
        }
        String line = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return new StartFailure(within(cause, BindException.class).isPresent() ? 3 : 1, line);
    }

    private static Optional<Throwable> within(Throwable cause, Class<? extends Throwable> type) {
        for (Throwable next = cause; next != null; next = next.getCause()) {
            if (type.isInstance(next)) {
                return Optional.of(next);
            }
        }
        return Optional.empty();
    }
}
