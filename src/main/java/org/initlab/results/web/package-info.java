/** The HTTP interface of results. */
package org.initlab.results.web;
