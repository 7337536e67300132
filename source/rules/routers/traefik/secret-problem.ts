import type {IngressRoute, IngressRouteTcp} from '../../../model/routes/ingress-route.ts';
import {lookup, type Snapshot} from '../../../model/snapshot.ts';
import type {RouterProblem} from '../router.ts';
import type {Made} from './muxer.ts';

/** getTLSHTTP: a missing Secret is an error in the log, and the default certificate is served. */
export function secretProblem(
	snapshot: Snapshot,
	{object, rule}: {readonly object: IngressRoute | IngressRouteTcp; readonly rule: Made['rule']},
): readonly RouterProblem[] {
	const {tls, namespace} = object;
	const isMissing =
		tls && tls.secretName !== '' && 'missing' in lookup(snapshot, 'Secret', namespace, tls.secretName);
	return isMissing
		? [
				{
					type: 'no-secret',
					object: rule.object,
					field: 'spec.tls.secretName',
					value: tls.secretName,
					why: `Secret ${namespace}/${tls.secretName} does not exist`,
				},
			]
		: [];
}
