/** What one person may give by hand in a day of a currency that says nothing of it (`approveAbove`). */
export const APPROVE_ABOVE_DEFAULT = 10_000;
