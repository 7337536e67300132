import {describe, expect, test} from 'vitest';
import type {RouteInput} from '../../../source/rules/ingress/decision.ts';
import {byElements, byWholeRegex, exactly, longerFirst} from '../../../source/rules/ingress/path-fits.ts';
import {routeBy, type PathFit, type Reading} from '../../../source/rules/ingress/route-by.ts';
import {snapshotOf} from '../../helpers/snapshot.ts';
import {codes, ingress, route} from '../../path/route/route-situation.ts';

/** `/a`, `/a/a`, `/a/a/a` …: each is the beginning of all that follow. */
const nested = (count: number): readonly string[] =>
	Array.from({length: count}, (_, position) => `${'/a'.repeat(position + 1)} Prefix web`);

function inputOf(documents: readonly string[], urlPath: string): RouteInput {
	return {
		request: {
			scheme: 'http',
			host: 'app.example.com',
			port: 80,
			urlPath,
			method: 'GET',
			headers: [],
			query: [],
		},
		ingresses: snapshotOf(documents.join('---')).list('Ingress'),
		settings: {},
		backendState: () => ({type: 'ready'}),
	};
}

function counting(): {readonly reading: Reading; readonly seen: string[]} {
	const seen: string[] = [];
	const counted: PathFit = (path, urlPath) => {
		seen.push(path);
		return byElements(path, urlPath);
	};
	return {
		seen,
		reading: {
			paths: {Exact: exactly, Prefix: counted, ImplementationSpecific: byWholeRegex},
			order: longerFirst,
			isolatesHosts: false,
			defaults: 'any-host',
		},
	};
}

describe('a host with thousands of paths', () => {
	test('has only those compared with a request that it may begin with', () => {
		const {reading, seen} = counting();
		const others = Array.from({length: 2000}, (_, position) => `/p${position} Prefix web`);
		const input = inputOf([ingress('i', [...others, '/p7/deep Prefix api'])], '/p7/deep/x');
		expect(routeBy({all: [reading]})(input).matched?.value).toBe('/p7/deep');
		expect(seen).toEqual(['/p7', '/p7/deep']);
	});

	test('that are beginnings of each other has the longest compared, and says that there are more', () => {
		const {reading, seen} = counting();
		const input = inputOf([ingress('i', nested(600))], '/a'.repeat(600));
		const {matched, undecided} = routeBy({all: [reading]})(input);
		expect(seen).toHaveLength(251);
		expect(matched?.value).toBe('/a'.repeat(600));
		expect(undecided).toEqual(['more than 250 rules may take this path']);
	});

	test.each(['traefik', 'spec'] as const)('says so of %s (KNET412)', (profile) => {
		const url = `http://app.example.com${'/a'.repeat(300)}`;
		const few = route([ingress('i', nested(200))], {profile, url});
		expect(codes(few)).not.toContain('KNET412 info');
		const many = route([ingress('i', nested(300))], {profile, url});
		expect([many.hop.status, codes(many)]).toEqual(['unknown', ['KNET412 info']]);
	});

	test('is decided by ingress-nginx, where the longest of its paths goes first', () => {
		const url = `http://app.example.com${'/a'.repeat(300)}`;
		const {hop} = route([ingress('i', nested(300))], {profile: 'ingress-nginx', url});
		expect([hop.status, hop.details?.matched?.path]).toEqual(['ok', 299]);
	});

	test('of regular expressions has them judged within bounds', () => {
		const {reading} = counting();
		const paths = Array.from({length: 200}, (_, at) => `/x([a-z]{0,90})${at} ImplementationSpecific web`);
		const {undecided} = routeBy({all: [reading]})(inputOf([ingress('i', paths)], '/xabc'));
		expect(undecided).toHaveLength(3);
	});
});

test('a host isolates its rules from those of a wildcard also where none of its paths fits', () => {
	const {reading} = counting();
	const documents = [
		ingress('i', ['/only Prefix web']),
		ingress('w', ['/ Prefix api'], {host: '*.example.com'}),
	];
	const decide = (isolatesHosts: boolean) =>
		routeBy({all: [{...reading, isolatesHosts}]})(inputOf(documents, '/other')).matched?.host;
	expect([decide(true), decide(false)]).toEqual([undefined, '*.example.com']);
});
