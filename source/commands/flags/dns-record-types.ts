/** Record types that `knet dns --type` takes. */
export const recordTypes = ['A', 'AAAA', 'CNAME', 'SRV', 'PTR', 'TXT', 'NS', 'SOA', 'MX'];
