/** Asking an auth-verifier why a saved message is judged as it is; the message is taken by {@code POST /api/verify}. */
package org.facteur.admin.verify;
