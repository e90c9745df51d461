/** Reads JSON into records and finds all of its faults at once, each with its place. */
package org.initlab.platform.json;
