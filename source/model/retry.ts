/** How often in a row a list-watch failed, and when it is tried again: milliseconds since the epoch. */
export type Retry = {readonly tries: number; readonly at: number};
