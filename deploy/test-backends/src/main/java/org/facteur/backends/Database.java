package org.facteur.backends;

/**
 * An empty database of its own, with its owner.
 *
 * @param host address of the server
 * @param port TCP port of the server
 * @param name name of the database
 * @param user the owner, who may do everything in it and may create roles
 * @param password the owner's password
 */
public record Database(String host, int port, String name, String user, String password) {
    /** The URI for clients. */
    public String uri() {
        return "postgresql://%s:%s@%s:%d/%s".formatted(user, password, host, port, name);
    }

    /** The JDBC URL, without user and password. */
    public String jdbcUrl() {
        return "jdbc:postgresql://%s:%d/%s".formatted(host, port, name);
    }
}
