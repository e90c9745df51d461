/** The log of what happens to experiments, for those who follow them. */
package org.initlab.events;
