import type {Backend} from '../../../../rules/gateway-api/backends.ts';
import type {Severity} from '../../../catalogue-entry.ts';

/** What a backend that does not resolve does: to all requests of its rule, or to its share. */
export type BackendEffect = 'all' | 'share';

/** By its share some requests fail. */
export function severityOf(effect: BackendEffect): Severity {
	return effect === 'all' ? 'error' : 'warning';
}

export function fails({share}: Backend, effect: BackendEffect): string {
	if (share === 1) {
		return '';
	}

	return effect === 'all'
		? ' All requests of the rule fail.'
		: share > 0
			? ` ${Math.round(share * 100)} % of the requests fail.`
			: ' The others get its share.';
}
