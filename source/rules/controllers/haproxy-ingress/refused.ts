import {firstRefused} from '../record/refused-configuration.ts';
import {annotationOf} from './annotations.ts';

/** HAProxy's configuration manual 2.6, `balance`; `hash` is of later versions. */
const balances =
	/^(?:roundrobin|static-rr|leastconn|first|source|uri|url_param|random|hash|rdp-cookie|hdr\()/u;

/** The line `balance` is written as it is given, and HAProxy reloads nothing with an error in it (seen on 0.14.0). */
export const refusedConfiguration = firstRefused((ingress) => {
	const value = annotationOf(ingress, 'balance-algorithm') ?? '';
	return value === '' || balances.test(value)
		? undefined
		: {
				field: 'metadata.annotations[haproxy-ingress.github.io/balance-algorithm]',
				value,
				why: 'HAProxy refuses its balance-algorithm',
			};
});
