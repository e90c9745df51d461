/** The data sets and pretrained weights of this process: where they are kept, and where they are downloaded from. */
package org.initlab.catalog;
