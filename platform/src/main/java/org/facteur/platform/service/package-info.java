/**
 * What a process gives its services ({@link org.facteur.platform.service.ServiceContext}) and how one service runs alone
 * ({@link org.facteur.platform.service.ServiceMain}).
 */
package org.facteur.platform.service;
