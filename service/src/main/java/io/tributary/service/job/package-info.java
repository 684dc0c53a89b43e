/**
 * Updates by query: documents are found here, and each is changed through its own lane; what is large is a job, which goes on
 * after a crash where it was. Knows neither HTTP nor SQL.
 */
@NullMarked
package io.tributary.service.job;

import org.jspecify.annotations.NullMarked;
