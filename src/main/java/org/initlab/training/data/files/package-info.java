/** The user's own files: found by the names that people give them, and only within the datasets folder. */
package org.initlab.training.data.files;
