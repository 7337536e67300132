/** How a request comes to a Service. */
export type Entrance = 'cluster-ip' | 'node-port' | 'load-balancer' | 'external-ip';
