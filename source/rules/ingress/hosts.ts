/** How closely an Ingress host fits a request's: an exact name before a wildcard before none (K: the API ranks nothing). */
export type HostFit = 'exact' | 'wildcard' | 'any';

/**
The API's rule: names compare without case; `*.x` stands for exactly one label (networking/v1 IngressRule.host); '' is every host.
*/
export function fitHost(pattern: string, host: string): HostFit | undefined {
	if (pattern === '') {
		return 'any';
	}

	const wanted = pattern.toLowerCase();
	const requested = host.toLowerCase();
	if (wanted === requested) {
		return 'exact';
	}

	return isOneLabelBelow(wanted, requested) ? 'wildcard' : undefined;
}

function isOneLabelBelow(pattern: string, host: string): boolean {
	if (!pattern.startsWith('*.') || !host.endsWith(pattern.slice(1))) {
		return false;
	}

	const label = host.slice(0, host.length - pattern.length + 1);
	return label !== '' && !label.includes('.');
}
