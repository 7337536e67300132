import type {Flags} from '../record/facts.ts';

/**
Whether a name of Traefik's configuration (`NAME@PROVIDER`) cannot exist, because its flags turn that provider on nowhere. A name
without provider means the Ingress provider, which makes none. False where a configuration file, or no flags at all, leave the
providers unknown.
*/
export function isOfIdleProvider(name: string, settings: Flags): boolean {
	const provider = providerOf(name);
	return (
		areProvidersKnown(settings) && provider !== 'internal' && !runsProvider(settings, `providers.${provider}`)
	);
}

/** Not where a configuration file or the environment, which is not read, may turn them on. */
export function areProvidersKnown(settings: Flags): boolean {
	return !('configfile' in settings) && Object.keys(settings).some((flag) => flag.startsWith('providers.'));
}

/** By a flag of its own, which may say no, or by one of its settings. */
export function runsProvider(settings: Flags, flag: string): boolean {
	return (
		settings[flag]?.toLowerCase() !== 'false' &&
		Object.keys(settings).some((each) => each === flag || each.startsWith(`${flag}.`))
	);
}

/** `internal` is always there; `kubernetes` is the Ingress provider's own name. */
function providerOf(name: string): string {
	return name.includes('@') ? name.slice(name.lastIndexOf('@') + 1).toLowerCase() : 'kubernetes';
}
