/** The HTTP interface of workers. */
package org.initlab.worker.web;
