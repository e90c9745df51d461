/** What every other package stands on: settings, the clock, and failures at the start that say what to do. */
package org.initlab.platform;
