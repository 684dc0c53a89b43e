package io.tributary.service.lane;

import io.tributary.service.document.DocumentLimits;

/**
 * What plans are made with, besides the state of lanes and documents.
 *
 * @param changeBytes how large a change may become
 */
record Planning(
        CommitClock clock, DocumentLimits documentLimits, LaneSettings.ChangeContent changes, int changeBytes) {}
