/** The HTTP interface of the workers. */
package org.initlab.worker.web;
