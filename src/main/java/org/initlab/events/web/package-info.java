/** Live events over HTTP, and requests that wait for the next one. */
package org.initlab.events.web;
