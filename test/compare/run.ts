import {execFileSync} from 'node:child_process';
import {cpSync, mkdtempSync, rmSync, symlinkSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {isDeepStrictEqual} from 'node:util';

type Outcome = {readonly input: string; readonly text: string; readonly outcome: object};
type Outcomes = Readonly<Record<string, Outcome>>;

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Verdict, first broken hop, symptom, root cause and codes of every scenario, as the code of a commit has them. */
function outcomesAt(commit: string): Outcomes {
	const folder = mkdtempSync(join(tmpdir(), 'knet-compare-'));
	try {
		execFileSync('git', ['worktree', 'add', '--detach', '--force', folder, commit], {
			cwd: root,
			stdio: 'pipe',
		});
		symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
		const script = join(folder, 'outcomes.ts');
		cpSync(join(root, 'test/compare/outcomes.ts'), script);
		const printed = execFileSync(process.execPath, [script], {cwd: folder, maxBuffer: 2 ** 28});
		return JSON.parse(printed.toString()) as Outcomes;
	} finally {
		execFileSync('git', ['worktree', 'remove', '--force', folder], {cwd: root});
		rmSync(folder, {recursive: true, force: true});
	}
}

const [from = 'main', to = 'HEAD'] = process.argv.slice(2);
const before = outcomesAt(from);
const after = outcomesAt(to);
const both = Object.keys(before).filter((name) => after[name]);
const same = both.filter((name) => before[name]!.input === after[name]!.input);
const differ = same.filter((name) => !isDeepStrictEqual(before[name]!.outcome, after[name]!.outcome));
const reworded = same.filter((name) => !differ.includes(name) && before[name]!.text !== after[name]!.text);

for (const name of differ) {
	console.log(
		`${name}\n  was ${JSON.stringify(before[name]!.outcome)}\n  is  ${JSON.stringify(after[name]!.outcome)}`,
	);
}

for (const name of reworded) {
	console.log(`${name}\n${changedLines(before[name]!.text, after[name]!.text)}`);
}

console.log(
	`${Object.keys(before).length} scenarios at ${from}, ${Object.keys(after).length} at ${to}. In both: ${both.length}, ` +
		`with the same objects ${same.length}: ${differ.length} judged otherwise, ${reworded.length} only worded otherwise.`,
);
process.exitCode = differ.length > 0 ? 1 : 0;

function changedLines(was: string, is: string): string {
	const [old, now] = [was.split('\n'), is.split('\n')];
	return [
		...old.filter((line) => !now.includes(line)).map((line) => `  - ${line}`),
		...now.filter((line) => !old.includes(line)).map((line) => `  + ${line}`),
	].join('\n');
}
