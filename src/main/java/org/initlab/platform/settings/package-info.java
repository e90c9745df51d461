/** What holds for every operation of the HTTP interface: query parameters, preconditions, negotiation, codings, HEAD. */
package org.initlab.platform.settings;
