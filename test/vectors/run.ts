import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {runFile} from './run-file.ts';

/** `npm run vectors -- DIR`: every case of every JSON file in DIR, through the functions that the walk uses. */
function main(directory: string | undefined): number {
	if (directory === undefined) {
		console.error('Usage: npm run vectors -- DIR');
		return 2;
	}

	const files = readdirSync(directory).filter((name) => name.endsWith('.json'));
	const results = files.toSorted().flatMap((name) => {
		const ofFile = runFile(join(directory, name));
		console.log(`${name}: ${ofFile.filter(({outcome}) => outcome === 'passed').length} of ${ofFile.length}`);
		return ofFile;
	});
	for (const result of results) {
		if (result.outcome === 'failed') {
			console.log(
				`FAILED ${result.id}\n  expected ${JSON.stringify(result.expected)}\n  got      ${JSON.stringify(result.got)}`,
			);
		} else if (result.outcome === 'skipped') {
			console.log(`skipped ${result.id}: ${result.reason}`);
		}
	}

	const count = (outcome: string): number => results.filter((result) => result.outcome === outcome).length;
	console.log(`${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`);
	return count('failed') > 0 || results.length === 0 ? 1 : 0;
}

process.exitCode = main(process.argv[2]);
