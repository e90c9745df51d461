/** The HTTP interface of studies. */
package org.initlab.study.web;
