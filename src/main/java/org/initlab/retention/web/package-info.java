/** What retention would remove, over HTTP. */
package org.initlab.retention.web;
