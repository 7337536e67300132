import {existsSync, readFileSync} from 'node:fs';
import {pathToFileURL} from 'node:url';

// Run in the checkout of a commit, whose own code it uses: says what that code makes of each scenario, as JSON.
const root = pathToFileURL(`${process.cwd()}/`).href;
const {readScenario, scenarioNames, traceOf} = (await import(
	`${root}test/helpers/scenario.ts`
)) as typeof import('../helpers/scenario.ts');

const outcomes = scenarioNames().map((name) => {
	const read = (file: string): string => {
		const url = new URL(`test/scenarios/${name}/${file}`, root);
		return existsSync(url) ? readFileSync(url, 'utf8') : '';
	};

	const {verdict, paths} = traceOf(readScenario(name));
	return [
		name,
		{
			input: read('cluster.yaml') + read('evidence.json'),
			text: read('expected.txt'),
			outcome: {
				verdict,
				paths: paths.map((path) => ({
					verdict: path.verdict,
					brokenAt: path.brokenAt,
					symptom: path.symptom,
					rootCause: path.rootCause,
					codes: path.hops.flatMap(({kind, findings}) =>
						findings.map(({code, severity}) => `${kind} ${code} ${severity}`),
					),
				})),
			},
		},
	] as const;
});
process.stdout.write(JSON.stringify(Object.fromEntries(outcomes)));
