/** What the demo calls the world outside its cluster, where a port-forward would name a namespace. */
export const outsideNamespace = 'outside';
