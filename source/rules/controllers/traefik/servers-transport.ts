import type {Flags} from '../record/facts.ts';

/**
It connects to the address of a pod, and verifies the certificate for that (k3s-io/k3s#8017), unless the default ServersTransport says
otherwise. Where flags are not all that configures it, that is not known.
*/
export function verifiesByAddress(flags: Flags): boolean {
	const isConfiguredHere = Object.keys(flags).length > 0 && !('configfile' in flags);
	const defaults = ['insecureskipverify', 'rootcas', 'servername'].map((name) => `serverstransport.${name}`);
	return isConfiguredHere && !defaults.some((name) => name in flags);
}
