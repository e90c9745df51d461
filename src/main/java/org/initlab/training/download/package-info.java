/** Files fetched once: resumed, checked and moved into place. */
package org.initlab.training.download;
