import {afterEach, expect, test} from 'vitest';
import {scenarios} from '../../source/demo/scenarios.ts';
import {keysOf} from '../../source/ui/keys/keymap.ts';
import {keys} from '../helpers/terminal.ts';
import {openDemo, type OpenDemo} from '../helpers/open-demo.ts';

let open: OpenDemo;

afterEach(async () => {
	await open.close();
});

/** The sentence that is there without a key, and what proves it after the keys of the guide. */
const answers: readonly (readonly [name: string, sentence: RegExp, proof: RegExp])[] = [
	['selector-mismatch', /No pod in namespace shop has\s+app=apii/u, /app: apii {2}\S+ decided/u],
	['not-ready', /container api runs and has not/u, /GET \/healthz 500: the tables of db/u],
	['wrong-target-port', /Target port "htttp" \(TCP\)/u, /targetPort: htttp {2}\S+ decided/u],
	[
		'inert-ingress',
		/Nothing in this cluster runs/u,
		/controller: example.com\/edge-controller {2}\S+ decided/u,
	],
	['dns-down', /has no ready endpoint/u, /ready: false {2}\S+ decided/u],
	['load-balancer-pending', /has no address after/u, /quota of static addresses/u],
	['rollout', /A new version is rolled out/u, /Endpoints +web {2}[12] of [23] ready/u],
	['crash-loop', /exit code 1/u, /fatal: no such file/u],
	['scaled-to-zero', /is scaled to 0\./u, /replicas: 0 {2}\S+ decided/u],
	['controller-down', /0 of 2 pods Ready/u, /address already in/u],
	['missing-service', /Service (?:shop\/)?api-v2/u, /name: api-v2 {2}\S+ decided/u],
	['missing-port', /Service api has no port http/u, /name: http {2}\S+ decided/u],
];

test.each(answers)(
	'%s: the cause without a key, its proof with at most two',
	async (name, sentence, proof) => {
		open = await openDemo(name, {columns: 80, rows: 24, ascii: true});
		const {demo, terminal} = open;
		const joined = (screen: string): string => screen.replaceAll(/[|+]?\n[|+]?/gu, ' ');
		await terminal.until(
			(screen) => screen.includes('* live') && sentence.test(joined(screen).replaceAll(/\s+/gu, ' ')),
		);
		const pressed = demo.guide.steps.slice(0, 1).map(({command}) => keysOf(command as 'yaml')[0] ?? '');
		expect(pressed.length).toBeLessThanOrEqual(2);
		await terminal.until(
			(screen) =>
				screen.includes(` ${pressed[0]} ${demo.guide.steps[0]?.shows.slice(0, 20)}`) &&
				!screen.includes('not now ('),
		);
		terminal.type(pressed.join(''));
		await terminal.until((screen) => proof.test(screen));
		for (const {command, key, shows} of demo.guide.steps.slice(1)) {
			await terminal.until((screen) => screen.includes(shows.slice(0, 40)) && !screen.includes('not now ('));
			terminal.type(key ? `${key}\r` : bytesOf(keysOf(command as 'yaml')[0] ?? ''));
		}

		await terminal.until((screen) => screen.includes(`   ${demo.guide.closing}`.trimEnd()));
		expect(demo.guide.closing.length).toBeLessThan(78);
	},
);

function bytesOf(key: string): string {
	return key === 'right' ? keys.right : key;
}

test('the guide of a pending load balancer opens the Event, and answers its question', async () => {
	open = await openDemo('load-balancer-pending', {columns: 80, rows: 24, ascii: true});
	const {terminal} = open;
	await terminal.until((screen) => screen.includes('* live') && screen.includes('SyncLoadBalancerFailed'));
	terminal.type('e');
	await terminal.until((screen) => screen.includes(' q closes it'));
	terminal.type('q');
	await terminal.until((screen) => screen.includes(' y shows the Service'));
	terminal.type('y');
	await terminal.until((screen) => screen.includes('shows the Event that decided'));
	terminal.type(keys.right);
	await terminal.until(
		(screen) => screen.includes('kind: Event') && screen.includes('   After 5 minutes; but with this Event'),
	);
});

test('every scenario has an answer here', () => {
	expect(answers.map(([name]) => name)).toEqual(scenarios.map(({name}) => name));
});
