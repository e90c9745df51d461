/** InitLab: controlled experiments on the initialisation of a binary classifier's output bias. */
package org.initlab;
