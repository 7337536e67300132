import {rulesOf} from '../../ingress/rules.ts';
import {firstRefused} from '../record/refused-configuration.ts';

/** Envoy takes no `?` and `#` in a prefix that ends at a slash (RouteMatch.path_separated_prefix; seen on 1.33.8). */
export const refusedConfiguration = firstRefused((ingress) => {
	const found = rulesOf(ingress).find(
		({pathType, value = ''}) => pathType === 'Prefix' && /[?#]/u.test(value),
	);
	return (
		found && {
			field: 'spec.rules[].http.paths[].path',
			value: found.value ?? '',
			why: 'Envoy refuses a prefix with ? or #',
		}
	);
});
