/** How often in a row a list-watch was tried in vain, and when the next try is due: milliseconds since the epoch. */
export type Retry = {readonly tries: number; readonly at: number};
