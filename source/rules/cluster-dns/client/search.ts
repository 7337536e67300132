import {fqdn, plainName} from '../name.ts';
import type {ResolvConf} from './resolv-conf.ts';

/** Who looks names up: the C library in a pod's image, which cannot be seen from outside, or Windows. */
export type Resolver = 'glibc' | 'musl' | 'windows';

/** Absolute names in the order in which a resolver asks for them (resolv.conf(5) search and ndots; musl lookup_name.c). */
export function searchTries(
	name: string,
	conf: Pick<ResolvConf, 'searches' | 'options'>,
	resolver: Resolver = 'glibc',
): readonly string[] {
	const absolute = fqdn(name);
	if (name.endsWith('.')) {
		return [absolute];
	}

	const expanded = conf.searches.map((domain) => {
		const suffix = plainName(domain);
		return suffix === '.' || suffix === '' ? absolute : fqdn(`${name}.${suffix}`);
	});
	const dots = name.split('.').length - 1;
	if (resolver === 'windows') {
		// One suffix, the namespace's, and for names without a dot alone (docs: DNS for Services and Pods, Windows nodes).
		return dots > 0 ? [absolute] : [...new Set([...expanded.slice(0, 1), absolute])];
	}

	if (dots < ndotsOf(conf.options)) {
		return [...new Set([...expanded, absolute])];
	}

	// musl does not search at all for a name with enough dots.
	return resolver === 'musl' ? [absolute] : [...new Set([absolute, ...expanded])];
}

/** 1 where it is not set; more than 15 counts as 15 (RES_MAXNDOTS). */
function ndotsOf(options: readonly string[]): number {
	const value = options.findLast((option) => /^ndots:\d+$/u.test(option))?.slice('ndots:'.length);
	return value === undefined ? 1 : Math.min(15, Number(value));
}
