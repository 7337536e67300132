import type {Ingress} from '../../../model/ingress.ts';
import {isOfIdleProvider} from './providers.ts';

const annotation = 'traefik.ingress.kubernetes.io/router.middlewares';

/** The first middleware of an Ingress that cannot exist; a router with such a middleware is left out. */
export function missingMiddleware(
	ingress: Ingress,
	settings: Readonly<Record<string, string>>,
): string | undefined {
	const names = (ingress.annotations[annotation] ?? '').split(',').map((name) => name.trim());
	return names.find((name) => name !== '' && isOfIdleProvider(name, settings));
}
