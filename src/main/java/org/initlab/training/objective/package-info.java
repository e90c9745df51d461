/** What training minimises. */
package org.initlab.training.objective;
