/**
 * Rises with any change by which a recorded decision could come out differently. Each entry stores it: replays and receipts
 * on demand decide again only entries of the present number. The golden journal of each number fails the build otherwise.
 */
export const ENGINE = 4;
