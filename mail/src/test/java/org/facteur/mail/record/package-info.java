/** Records as they lie on the topics. */
package org.facteur.mail.record;
