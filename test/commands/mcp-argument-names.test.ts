import {expect, test} from 'vitest';
import {withArgumentNames} from '../../source/commands/mcp/argument-names.ts';

test.each([
	['2 policies: ask with --from pod/NAME', '2 policies: ask with from pod/NAME'],
	[
		"--header 'x' has no colon: give --header 'name: value'",
		"headers 'x' has no colon: give headers 'name: value'",
	],
	['leave out -n shop, or ask with -A', 'leave out namespace shop, or ask with allNamespaces'],
	['command: kubectl get pods -n shop', 'command: kubectl get pods -n shop'],
	['--header-like and pod web-n stay', '--header-like and pod web-n stay'],
])('%s, as an agent is told: %s', (text, told) => {
	expect(withArgumentNames(text)).toBe(told);
});
