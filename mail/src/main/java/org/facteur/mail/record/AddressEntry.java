package org.facteur.mail.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * Value on {@link Topic#ADDRESSES}: an account or an alias.
 *
 * @param address normalized; {@code *@domain} is the catch-all
 * @param kind account or alias
 * @param passwordHash Argon2id in PHC form; empty for aliases and for accounts that cannot log in
 * @param quota octets; 0 means unlimited; accounts only
 * @param displayName may be empty
 * @param targets addresses of an alias; empty for accounts
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record AddressEntry(
        String address, Kind kind, String passwordHash, long quota, String displayName, List<String> targets) {
    /** What an address is. */
    public enum Kind {
        /** It has mailboxes and a password. */
        ACCOUNT,
        /** It stands for other addresses. */
        ALIAS
    }

    /** Fills in what JSON leaves out. */
    public AddressEntry {
        passwordHash = passwordHash == null ? "" : passwordHash;
        displayName = displayName == null ? "" : displayName;
        targets = targets == null ? List.of() : List.copyOf(targets);
    }

    /** An account. */
    public static AddressEntry account(String address, String passwordHash, long quota, String displayName) {
        return new AddressEntry(address, Kind.ACCOUNT, passwordHash, quota, displayName, List.of());
    }

    /** An alias of one or more addresses. */
    public static AddressEntry alias(String address, List<String> targets) {
        return new AddressEntry(address, Kind.ALIAS, "", 0, "", targets);
    }
}
