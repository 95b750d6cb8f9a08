/** Tests of the canary; its whole way is tested in the standalone run. */
package org.facteur.admin.canary;
