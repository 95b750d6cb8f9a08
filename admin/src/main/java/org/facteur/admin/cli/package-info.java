/** The facteur command's verbs that speak to the REST API; one file a noun. {@code --json} prints what the API answered. */
package org.facteur.admin.cli;
