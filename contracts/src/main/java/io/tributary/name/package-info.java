/**
 * Names of documents, collections and fields. Depends on nothing but the JDK; knows neither values nor JSON.
 */
@NullMarked
package io.tributary.name;

import org.jspecify.annotations.NullMarked;
