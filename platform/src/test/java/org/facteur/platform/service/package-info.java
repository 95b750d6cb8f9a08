/** How one service runs alone: its settings, its health, its end. */
package org.facteur.platform.service;
