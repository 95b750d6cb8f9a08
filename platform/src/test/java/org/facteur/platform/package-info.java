/** Fakes and fixtures that the services' tests share. */
package org.facteur.platform;
