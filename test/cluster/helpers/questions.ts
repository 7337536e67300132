import type {Random} from './random.ts';

/** Paths of rules, and of what is asked. */
export const urlPaths = ['/', '/foo', '/foo/', '/foo/bar', '/foobar', '/Foo', '/bar', '/foo/bar/baz', '/f'];

export type Question = {
	readonly url: string;
	readonly method: string;
	readonly headers: readonly {readonly name: string; readonly value: string}[];
};

export type Where = {readonly random: Random; readonly domain: string};

export type Asking = Where & {
	/** Schemes, each as often as it stands here. */
	readonly schemes: readonly ('http' | 'https')[];
	/** Methods, headers and query parameters differ. */
	readonly variesRequest: boolean;
};

/** Requests for hosts that the rules name, for some that a wildcard stands for, and for some that nobody names. */
export function ask(count: number, {random, domain, schemes, variesRequest}: Asking): readonly Question[] {
	const hosts = ['x', 'y', 'other', 'deep.z', 'deep.q', 'a.z', 'a.b.z'].map((name) => `${name}.${domain}`);
	return Array.from({length: count}, () => ({
		url: `${random.pick(schemes)}://${random.pick(hosts)}${askedPath(random)}`,
		method: variesRequest ? random.pick(['GET', 'GET', 'POST']) : 'GET',
		headers:
			variesRequest && random.chance(0.4) ? [{name: 'x-user', value: random.pick(['7', '8', '77'])}] : [],
	}));
}

function askedPath(random: Random): string {
	return random.chance(0.15)
		? `${random.pick(urlPaths)}?a=${random.pick(['1', '2'])}`
		: random.pick([...urlPaths, '/foo/barista', '/nothing', '/foo/bar/', '/fooo']);
}

export function documentOf(object: object): string {
	return `---\n${JSON.stringify(object)}\n`;
}
