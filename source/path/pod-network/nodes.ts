/** The nodes that a packet leaves and reaches. */
export type Nodes = {readonly from?: string; readonly to?: string};
