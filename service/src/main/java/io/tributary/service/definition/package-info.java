/** What users define beside documents, schemas and triggers: kept version by version, and in effect on all instances. */
@NullMarked
package io.tributary.service.definition;

import org.jspecify.annotations.NullMarked;
