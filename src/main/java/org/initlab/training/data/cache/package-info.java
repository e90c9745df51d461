/** Decoded rows on disk, shared by all processes; read back by the operating system's page cache, not by the heap. */
package org.initlab.training.data.cache;
