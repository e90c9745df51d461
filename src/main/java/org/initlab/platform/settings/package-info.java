/** Finds settings that there are not. */
package org.initlab.platform.settings;
