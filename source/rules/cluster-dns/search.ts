import {fqdn, plainName} from './name.ts';
import type {ResolvConf} from './resolv-conf.ts';

/** The C library in a pod's image; it cannot be seen from outside. */
export type Libc = 'glibc' | 'musl';

/** Absolute names in the order in which a resolver asks for them (resolv.conf(5) search and ndots; musl lookup_name.c). */
export function searchTries(
	name: string,
	conf: Pick<ResolvConf, 'searches' | 'options'>,
	libc: Libc = 'glibc',
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
	if (dots < ndotsOf(conf.options)) {
		return [...new Set([...expanded, absolute])];
	}

	// musl does not search at all for a name with enough dots.
	return libc === 'musl' ? [absolute] : [...new Set([absolute, ...expanded])];
}

/** 1 where it is not set; more than 15 counts as 15 (RES_MAXNDOTS). */
function ndotsOf(options: readonly string[]): number {
	const value = options.findLast((option) => /^ndots:\d+$/u.test(option))?.slice('ndots:'.length);
	return value === undefined ? 1 : Math.min(15, Number(value));
}
