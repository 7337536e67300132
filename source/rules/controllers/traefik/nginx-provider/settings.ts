import type {Version} from '../../../version.ts';

/** Beginning of the provider's flags. */
export const nginxProvider = 'providers.kubernetesingressnginx';

/** Since then it reads nearly all annotations of ingress-nginx, and serves each rule with TLS and without. */
export const firstWithAll: Version = [3, 7, 0];
