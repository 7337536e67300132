import type {Backend} from '../../../../rules/gateway-api/backends.ts';
import type {Severity} from '../../../catalogue-entry.ts';

/** What a backend that does not resolve does: to all requests of its rule, or to its share. */
export type BackendEffect = 'all' | 'share' | 'unknown';

/** By its share some requests fail; where the version decides whether all do, that is not known. */
export function certaintyOf(effect: BackendEffect): {
	readonly severity?: Severity;
	readonly undecided?: true;
} {
	switch (effect) {
		case 'all':
			return {severity: 'error'};
		case 'share':
			return {severity: 'warning'};
		case 'unknown':
			return {undecided: true};
	}
}

export function fails({share}: Backend, effect: BackendEffect): string {
	if (share === 1) {
		return '';
	}

	switch (effect) {
		case 'all':
			return ' All requests of the rule fail.';
		case 'share':
			return share > 0 ? ` ${Math.round(share * 100)} % of the requests fail.` : ' The others get its share.';
		case 'unknown':
			return ' Whether all requests of the rule fail depends on the version of the controller.';
	}
}
