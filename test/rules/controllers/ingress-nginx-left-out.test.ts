import {expect, test} from 'vitest';
import {ingress} from '../../path/route/route-situation.ts';
import {snapshotOf} from '../../helpers/snapshot.ts';
import {mayBeLeftOut, whyLeftOut} from '../../../source/rules/controllers/ingress-nginx/left-out.ts';

const withAnnotation = (name: string) =>
	snapshotOf(
		ingress('site', ['/ Prefix web'], {annotations: `{nginx.ingress.kubernetes.io/${name}: x}`}),
	).list('Ingress')[0]!;

test.each([
	[
		'server-snippet',
		{},
		[1, 14, 0],
		'annotation server-snippet is of risk Critical, above High (the default since 1.12)',
	],
	[
		'configuration-snippet',
		{'annotations-risk-level': 'high'},
		[1, 11, 0],
		'annotation configuration-snippet is of risk Critical, above High',
	],
	[
		'auth-url',
		{'annotations-risk-level': 'Medium'},
		[1, 14, 0],
		'annotation auth-url is of risk High, above Medium',
	],
] as const)('ingress-nginx leaves out an Ingress with %s at %o', (name, settings, version, why) => {
	expect(whyLeftOut(withAnnotation(name), settings, version)?.why).toBe(why);
});

test.each([
	['server-snippet', {'annotations-risk-level': 'Critical'}, [1, 14, 0]],
	['server-snippet', {}, [1, 11, 8]],
	['server-snippet', {'annotations-risk-level': 'Low'}, [1, 8, 0]],
	['auth-url', {}, [1, 14, 0]],
	['rewrite-target', {}, [1, 14, 0]],
] as const)('ingress-nginx takes an Ingress with %s at %o, version %o', (name, settings, version) => {
	expect(whyLeftOut(withAnnotation(name), settings, version)).toBeUndefined();
});

test('without a version the default level is not known', () => {
	expect(mayBeLeftOut(withAnnotation('server-snippet'), {}, undefined)).toBe(true);
	expect(mayBeLeftOut(withAnnotation('server-snippet'), {'annotations-risk-level': 'High'}, undefined)).toBe(
		false,
	);
});

test('of a snippet only its name is kept', () => {
	expect(withAnnotation('server-snippet').annotations).toEqual({
		'nginx.ingress.kubernetes.io/server-snippet': '',
	});
});
