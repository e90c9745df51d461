/** The API's description as OpenAPI 3.1, generated from the controllers and the records that they read and answer with. */
package org.initlab.platform.openapi;
