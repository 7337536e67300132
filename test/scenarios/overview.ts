import {expect, test} from 'vitest';
import type {Path} from '../../source/path/report.ts';
import {entries} from '../../source/path/walk/entries.ts';
import {withoutWellSides} from '../../source/path/walk/outside-paths.ts';
import {parseTarget} from '../../source/path/target-text.ts';
import {walk} from '../../source/path/walk/walk.ts';
import {walkEntry} from '../../source/path/walk/walk-entry.ts';
import {readScenario, scanOf, scenarioNames, snapshotOfScenario} from '../helpers/scenario.ts';

/** What a line of the list says of a path: the verdict, what the client sees, and the cause. */
function told({title, verdict, symptom, brokenAt, rootCause}: Path): string {
	return [title, verdict, symptom, brokenAt, rootCause].join(' ');
}

test.each(scenarioNames())('a scan of %s says of each path what its trace says', (name) => {
	const scenario = readScenario(name);
	const snapshot = snapshotOfScenario(scenario);
	// What several rules lead to is walked once.
	const targets = new Map(
		entries(snapshot, undefined).map((entry) => [`${entry.namespace} ${entry.target}`, entry]),
	);
	const traced = [...targets.values()].flatMap(({target: text, namespace}) => {
		const parsed = parseTarget(text);
		if ('problem' in parsed) {
			throw new Error(parsed.problem);
		}

		const {paths} = walk(snapshot, {target: parsed.value, namespace});
		// What is attached to a Gateway is listed by itself.
		const listed = parsed.value.kind === 'gateway' ? paths.slice(0, 1) : withoutWellSides(paths);
		return listed.map((path) => ({line: told(path), isOfRouter: parsed.value.kind === 'router'}));
	});
	// The object of a router has the requests of its URLs, and of what it includes, once more.
	const others = traced.filter(({isOfRouter}) => !isOfRouter).map(({line}) => line);
	const ofRouters = traced.filter(({isOfRouter, line}) => isOfRouter && !others.includes(line));
	const expected = [...others, ...new Set(ofRouters.map(({line}) => line))];
	expect(scanOf(scenario).paths.map(told).toSorted()).toEqual(expected.toSorted());
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
		const snapshot = snapshotOfScenario(readScenario(name));
		const [overview, full] = (['overview', 'full'] as const).map((detail) =>
			entries(snapshot, undefined).flatMap(
				(entry) => walkEntry(snapshot, entry, {detail})?.paths.map(told) ?? [],
			),
		);
		expect(overview).toEqual(full);
	},
);
