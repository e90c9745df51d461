/** How the queue's limit is answered over HTTP. */
package org.initlab.queue.web;
