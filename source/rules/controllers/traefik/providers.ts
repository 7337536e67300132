/**
Whether a name of Traefik's configuration (`NAME@PROVIDER`) cannot exist, because its flags turn that provider on nowhere. A name
without provider means the Ingress provider, which makes none. False where a configuration file, or no flags at all, leave the
providers unknown.
*/
export function isOfIdleProvider(name: string, settings: Readonly<Record<string, string>>): boolean {
	const flags = Object.keys(settings);
	const areKnown = flags.some((flag) => flag.startsWith('providers.')) && !flags.includes('configfile');
	return areKnown && !runs(flags, providerOf(name));
}

function providerOf(name: string): string {
	return name.includes('@') ? name.slice(name.lastIndexOf('@') + 1).toLowerCase() : 'kubernetes';
}

/** `internal` is always there; `kubernetes` is the Ingress provider's own name. */
function runs(flags: readonly string[], provider: string): boolean {
	const flag = `providers.${provider}`;
	return provider === 'internal' || flags.some((each) => each === flag || each.startsWith(`${flag}.`));
}
