/** Records that could never succeed: kept from mail.dead, shown, and put back on their topic when a person says so. */
package org.facteur.admin.dead;
