/** How messages are worded. */
package org.initlab.text;
