import {safeLines, safeValue} from '../../model/safe-text/safe.ts';
import {catalogue} from '../../path/catalogue.ts';
import {version} from '../../version.ts';
import {foundIn, type JudgedPath, type Outcome} from '../../view/report/found.ts';
import {githubText} from '../../view/report/github.ts';
import {junitText} from '../../view/report/junit.ts';
import type {ScanPath} from '../../view/report/report.ts';
import {sarifLog} from '../../view/report/sarif.ts';
import {exitCode} from './exit-code.ts';
import {failOnOf} from '../flags/flags.ts';
import type {PrintOptions} from '../flags/print-options.ts';

/** What other programs of a pipeline read. */
export function pipelineText(
	output: 'junit' | 'sarif' | 'github',
	paths: readonly ScanPath[],
	{flags, metadata, positionOf = () => undefined}: PrintOptions,
): string {
	switch (output) {
		case 'junit':
			return safeLines(junitText(judged(paths, flags), metadata.at));
		case 'sarif':
			return `${JSON.stringify(sarifLog(foundIn(paths, positionOf), {catalogue, version}), safeValue, 2)}\n`;
		case 'github':
			return safeLines(githubText(foundIn(paths, positionOf)));
	}
}

function judged(paths: readonly ScanPath[], flags: PrintOptions['flags']): readonly JudgedPath[] {
	return paths.map((path) => ({...path, outcome: outcomeOf(path, flags)}));
}

function outcomeOf(path: ScanPath, flags: PrintOptions['flags']): Outcome {
	const outcomes = {0: 'passed', 1: 'failed', 2: 'undecided'} as const;
	const outcome = outcomes[exitCode([path], failOnOf(flags))];
	const isIgnored = path.hops.some(({findings}) => findings.some(({ignored}) => ignored !== undefined));
	return outcome === 'passed' && isIgnored ? 'ignored' : outcome;
}
