/** How a request comes to a Service. */
export type ExposureType = 'cluster-ip' | 'node-port' | 'load-balancer' | 'external-ip';
