import type {Ingress} from '../../../model/routes/ingress.ts';
import {isKnown, type Snapshot} from '../../../model/snapshot.ts';
import type {IngressSide} from '../record/ingress-side.ts';
import {isOfIdleProvider} from './providers.ts';
import {asksForTls, routerAnnotations} from './router.ts';

const annotation = 'traefik.ingress.kubernetes.io/router.tls.options';
const ofCrd = '@kubernetescrd';

/** A TLSOption is named `NAMESPACE-NAME@kubernetescrd`; without it the hosts of the router get no TLS (pkg/server/router/tcp/manager.go). */
export function missingTlsOption(
	snapshot: Snapshot,
	{annotations}: Ingress,
): ReturnType<NonNullable<IngressSide['whyNoHandshake']>> {
	const value = annotations[annotation] ?? '';
	const id = value.slice(0, -ofCrd.length);
	const isMissing =
		value.endsWith(ofCrd) &&
		id !== 'default' &&
		isKnown(snapshot.state('TLSOption')) &&
		!snapshot.list('TLSOption').some(({namespace, name}) => `${namespace}-${name}` === id);
	return isMissing ? {annotation, value, why: `TLSOption ${id} does not exist`} : undefined;
}

/** TLS options of an Ingress that cannot exist, whatever objects there are: its own provider makes none, and another one may not run. */
export function impossibleTlsOptions(
	ingress: Ingress,
	settings: Readonly<Record<string, string>>,
): string | undefined {
	const said = routerAnnotations(ingress);
	const name = (said && asksForTls(said) && said['router.tls.options']) || '';
	const isImpossible =
		name !== '' && name !== 'default' && (!name.includes('@') || isOfIdleProvider(name, settings));
	return isImpossible ? name : undefined;
}
