/**
 * Drives the service from outside, in the words of its users: processes, requests, records. Knows neither assertions about
 * what they hold nor the service's classes.
 */
@NullMarked
package io.tributary.service.acceptance.driver;

import org.jspecify.annotations.NullMarked;
