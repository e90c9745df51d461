/** What every other package builds on: settings, the clock, and startup failures that say what to do. */
package org.initlab.platform;
