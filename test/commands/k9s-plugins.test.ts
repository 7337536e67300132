import {expect, test} from 'vitest';
import {parse} from 'yaml';
import {commandTable} from '../../source/commands/command-table.ts';
import {readCommandLine} from '../../source/commands/flags/command-line.ts';
import {parseFlags} from '../../source/commands/flags/parse-flags.ts';
import {verifyFlags} from '../../source/commands/flags/verify-flags.ts';
import {parseTarget} from '../../source/path/target-text.ts';
import {run} from '../cli/run.ts';

type Plugin = Readonly<Record<string, unknown>> & {
	readonly args: readonly string[];
	readonly scopes: readonly string[];
	readonly shortCut: string;
};

const filled = {$NAMESPACE: 'shop', $NAME: 'web', $CONTEXT: 'test', $KUBECONFIG: '/k'} as const;

test('the plugin file has what the schema of k9s asks for, and lines that knet takes', async () => {
	const {stdout, code} = await run(['plugin', 'k9s']);
	expect(code).toBe(0);
	const {plugins} = parse(stdout) as {readonly plugins: Readonly<Record<string, Plugin>>};
	const keys = new Set<string>();
	for (const {args, scopes, shortCut, ...others} of Object.values(plugins)) {
		// internal/config/json/schemas/plugins.json of k9s: these are required, and their types.
		expect(others).toEqual({description: expect.any(String), command: 'knet', background: false});
		expect(shortCut).toMatch(/^Shift-[A-Z]$/u);
		const words = args.map((arg) =>
			Object.entries(filled).reduce((text, [name, value]) => text.replace(name, value), arg),
		);
		expect(words.join(' ')).not.toContain('$');
		const line = readCommandLine(words);
		verifyFlags('explore', parseFlags(line));
		for (const word of line.words) {
			expect(parseTarget(word)).toHaveProperty('value');
		}

		scopes.forEach((scope) => {
			expect(keys.has(`${scope} ${shortCut}`)).toBe(false);
			keys.add(`${scope} ${shortCut}`);
		});
	}

	expect(Object.keys(commandTable)).toContain('plugin');
	expect([...keys].filter((key) => key.endsWith('Shift-K'))).toHaveLength(12);
});
