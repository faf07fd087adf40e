/** Larger than any script; a thousand requests of 2 KB each. A reader stops when there are more. */
export const inboxLimits = { bytes: 2_000_000, items: 1000 } as const
