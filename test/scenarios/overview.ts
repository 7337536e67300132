import {expect, test} from 'vitest';
import type {Path} from '../../source/path/report.ts';
import {entries} from '../../source/path/walk/entries.ts';
import {withoutWellSides} from '../../source/path/walk/outside-paths.ts';
import type {Target} from '../../source/path/target.ts';
import {parseTarget} from '../../source/path/target-text.ts';
import {walk} from '../../source/path/walk/walk.ts';
import {accepted, readScenario, scanOf, scenarioNames, snapshotOfScenario} from '../helpers/scenario.ts';

/** What a line of the list says of a path: the verdict, what the client sees, and the cause. */
function told({title, verdict, symptom, brokenAt, rootCause}: Path): string {
	return [title, verdict, symptom, brokenAt, rootCause].join(' ');
}

type Listed = {readonly target: Target; readonly namespace: string};

/** What the list of a scenario leads to, each once: several rules may lead to the same. */
function targetsOf(name: string): readonly Listed[] {
	const listed = entries(snapshotOfScenario(readScenario(name)), undefined).map(({target, namespace}) => ({
		target,
		namespace,
	}));
	const each = new Map(listed.map((entry) => [`${entry.namespace} ${entry.target}`, entry]));
	return [...each.values()].map(({target, namespace}) => ({
		target: accepted(parseTarget(target)),
		namespace,
	}));
}

type Walked = {readonly all: readonly string[]; readonly listed: readonly string[]};
const walks = new Map<string, Walked>();

/** What the walk of a target tells, and what of it the list has; each target is walked once for all tests of this file. */
function walkOf(name: string, {target, namespace}: Listed, detail: 'overview' | 'full'): Walked {
	const key = [name, namespace, JSON.stringify(target), detail].join(' ');
	const known = walks.get(key);
	if (known) {
		return known;
	}

	const {paths} = walk(snapshotOfScenario(readScenario(name)), {target, namespace, detail});
	// What is attached to a Gateway is listed by itself.
	const listed = target.kind === 'gateway' ? paths.slice(0, 1) : withoutWellSides(paths);
	const walked = {all: paths.map(told), listed: listed.map(told)};
	walks.set(key, walked);
	return walked;
}

test.each(scenarioNames())('a scan of %s says of each path what its trace says', (name) => {
	const traced = targetsOf(name).flatMap((each) =>
		walkOf(name, each, 'full').listed.map((line) => ({line, isOfRouter: each.target.kind === 'router'})),
	);
	// The object of a router has the requests of its URLs, and of what it includes, once more.
	const others = traced.filter(({isOfRouter}) => !isOfRouter).map(({line}) => line);
	const ofRouters = traced.filter(({isOfRouter, line}) => isOfRouter && !others.includes(line));
	const expected = [...others, ...new Set(ofRouters.map(({line}) => line))];
	expect(scanOf(readScenario(name)).paths.map(told).toSorted()).toEqual(expected.toSorted());
});

// What only pods and probes can tell is left out where there are too many of them; nothing else is.
const onlyPodsTell: ReadonlySet<string> = new Set([
	'endpoint-slices-stale',
	'listens-on-localhost',
	'mesh-sidecar',
	'pod-has-no-ip',
	'pods-forbidden',
	'protocol-mismatch',
	'proxy-never-ran-on-node',
	'proxy-not-running-elsewhere',
	'proxy-not-running-on-node',
	'proxy-rules-grow-old',
	'restarts-growing',
	'selector-spans-workloads',
	'target-port-refused',
]);

test.each(scenarioNames().filter((name) => !onlyPodsTell.has(name)))(
	'the overview of %s, were it large, says of each path what the whole walk says',
	(name) => {
		// The object of a Gateway is walked as an overview in any case.
		const listed = targetsOf(name).filter(({target}) => target.kind !== 'gateway');
		const walked = (detail: 'overview' | 'full') => listed.flatMap((each) => walkOf(name, each, detail).all);
		expect(walked('overview')).toEqual(walked('full'));
	},
);
