/**
 * The canary: a message that goes the whole way every minute and is read back, so that a break is known before people see it.
 * Start with {@link org.facteur.admin.canary.Canary}.
 */
package org.facteur.admin.canary;
