/** The REST API under /api: one file per resource, errors as problem documents. Start with {@link org.facteur.admin.api.Api}. */
package org.facteur.admin.api;
