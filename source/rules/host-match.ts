/** How well a rule's host fits a request's: 3 the same name, 2 by wildcard, 1 any host, 0 not at all. */
export type HostFit = 0 | 1 | 2 | 3;

/** `many`: a wildcard covers any number of labels (Gateway API), else exactly one (Ingress API). */
export function hostFit(pattern: string, host: string, many = false): HostFit {
	const wanted = pattern.toLowerCase().replace(/\.$/u, '');
	if (wanted === '') {
		return 1;
	}

	if (wanted === host) {
		return 3;
	}

	const suffix = wanted.startsWith('*.') ? wanted.slice(1) : undefined;
	if (suffix === undefined || !host.endsWith(suffix) || host.length <= suffix.length) {
		return 0;
	}

	return many || !host.slice(0, -suffix.length).includes('.') ? 2 : 0;
}
