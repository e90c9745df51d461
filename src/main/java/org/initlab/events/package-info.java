/** The log of what happens to experiments, and the announcements to those who follow them. */
package org.initlab.events;
