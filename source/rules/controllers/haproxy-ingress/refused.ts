import type {Ingress} from '../../../model/routes/ingress.ts';
import {firstRefused} from '../record/refused-configuration.ts';
import {annotationOf} from './annotations.ts';

/** HAProxy's configuration manual 2.6, `balance`; `hash` is of later versions. */
const balances =
	/^(?:roundrobin|static-rr|leastconn|first|source|uri|url_param|random|hash|rdp-cookie|hdr\()/u;

/** The statuses that HAProxy 2.6 takes; any other is an error (`haproxy -c` of the running 0.14.0, each of them). */
const deniable = new Set([
	200, 400, 401, 403, 404, 405, 407, 408, 410, 413, 421, 422, 425, 429, 500, 501, 502, 503, 504,
]);

/** These annotations are written as they are given, and HAProxy reloads nothing with an error in it (seen on 0.14.0). */
export const refusedConfiguration = firstRefused((ingress) => {
	const name = isRefusedBalance(ingress)
		? 'balance-algorithm'
		: hasRefusedDeny(ingress)
			? 'config-backend'
			: undefined;
	return name === undefined
		? undefined
		: {
				field: `metadata.annotations[haproxy-ingress.github.io/${name}]`,
				value: annotationOf(ingress, name) ?? '',
				why: `HAProxy refuses its ${name}`,
			};
});

function isRefusedBalance(ingress: Ingress): boolean {
	const value = annotationOf(ingress, 'balance-algorithm') ?? '';
	return value !== '' && !balances.test(value);
}

function hasRefusedDeny(ingress: Ingress): boolean {
	const lines = annotationOf(ingress, 'config-backend') ?? '';
	return [...lines.matchAll(/http-request deny deny_status (?<status>\d{1,9})/gu)].some(
		({groups}) => !deniable.has(Number(groups?.['status'])),
	);
}
