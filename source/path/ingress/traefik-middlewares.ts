import type {Ingress} from '../../model/ingress.ts';

const annotation = 'traefik.ingress.kubernetes.io/router.middlewares';

/**
The first middleware of an Ingress that cannot exist, because Traefik's flags turn the provider of its name (`NAME@PROVIDER`) on
nowhere; a router with such a middleware is left out. A name without provider means the Ingress provider, which makes none.
Undefined where a configuration file, or no flags at all, leave the providers unknown.
*/
export function missingMiddleware(
	ingress: Ingress,
	settings: Readonly<Record<string, string>>,
): string | undefined {
	const names = (ingress.annotations[annotation] ?? '').split(',').map((name) => name.trim());
	const flags = Object.keys(settings);
	const areKnown = flags.some((flag) => flag.startsWith('providers.')) && !flags.includes('configfile');
	return areKnown ? names.find((name) => name !== '' && !runs(flags, providerOf(name))) : undefined;
}

function providerOf(name: string): string {
	return name.includes('@') ? name.slice(name.lastIndexOf('@') + 1).toLowerCase() : 'kubernetes';
}

/** `internal` is always there; `kubernetes` is the Ingress provider's own name. */
function runs(flags: readonly string[], provider: string): boolean {
	const flag = `providers.${provider}`;
	return provider === 'internal' || flags.some((each) => each === flag || each.startsWith(`${flag}.`));
}
