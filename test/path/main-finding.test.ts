import {expect, test} from 'vitest';
import {mainFinding} from '../../source/path/main-finding.ts';
import {readScenario, traceOf} from '../helpers/scenario.ts';

function mainOf(scenario: string): string | undefined {
	const [path] = traceOf(readScenario(scenario)).paths;
	expect(path?.verdict).toBe('degraded');
	const main = path && mainFinding(path);
	return main && `${main.hop.kind}: ${main.finding.message}`;
}

test('of two warnings about the same pod the deeper one is named: it says why', () => {
	expect(mainOf('image-cannot-be-pulled')).toBe(
		'pod: Pod web-c: container main waits: ImagePullBackOff, Back-off pulling image "shop/web:2".',
	);
});

test('a path that a notice alone degrades has that notice as its cause', () => {
	expect(mainOf('load-balancer-young')).toMatch(/^load-balancer: Service web has no address after/u);
});
