import type {RoutedBackend} from '../../rules/backend.ts';
import type {HopEvaluation} from '../hop-evaluator.ts';

/** Rules are not asked where nothing is requested of them. */
export const noRequest: HopEvaluation<'route'> & {readonly backends: readonly RoutedBackend[]} = {
	hop: {kind: 'route', status: 'skipped', basis: 'objects', summary: 'no request', findings: []},
	backends: [],
};
