/** What all pictures have in common: formats, themes, texts. */
package org.initlab.analysis.picture;
