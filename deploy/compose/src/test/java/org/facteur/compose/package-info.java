/** The platform in containers: what the compose file, the image, the dashboards and the alert rules promise. */
package org.facteur.compose;
