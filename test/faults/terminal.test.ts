import {existsSync, readFileSync} from 'node:fs';
import {expect, onTestFinished, test} from 'vitest';
import {serveWorld} from '../../source/demo/api-server.ts';
import {createSimulation} from '../../source/demo/simulation.ts';
import type {Wire} from '../../source/projection/wire.ts';
import {createRandom} from '../cluster-feed/helpers/random.ts';
import {knetScreen} from '../cli/knet.ts';
import {directoryOf} from '../helpers/files.ts';
import type {Screen} from '../helpers/screen.ts';
import {waitFor} from '../helpers/wait-for.ts';
import {shopYaml} from '../session/cluster.ts';

const onLinux = test.runIf(process.platform === 'linux');

/** Runs a command on the terminal it is on, and says afterwards how it left it. The command's pid goes to a file. */
const witness = `
import {execFileSync, spawn} from 'node:child_process';
import {writeFileSync} from 'node:fs';
for (const signal of ['SIGINT', 'SIGQUIT', 'SIGHUP', 'SIGTERM']) process.on(signal, () => {});
const [pidFile, ...command] = process.argv.slice(2);
const child = spawn(process.execPath, command, {stdio: 'inherit'});
writeFileSync(pidFile, String(child.pid));
child.on('exit', () => {
	const modes = execFileSync('stty', ['-a'], {stdio: ['inherit', 'pipe', 'inherit']}).toString();
	console.log('left as', /(?<!-)icanon/.test(modes) && /(?<![-a-z])echo /.test(modes) ? 'sane' : 'raw');
});
`;

async function openShop(directory: string): Promise<Screen> {
	const screen = await knetScreen(['-n', 'shop', '-f', `${directory}/shop.yaml`]);
	await screen.until('svc/web');
	return screen;
}

type End = (screen: Screen, pid: number) => void;

const ends: ReadonlyArray<readonly [string, End]> = [
	['q', (screen) => screen.type('q')],
	['ctrl-c', (screen) => screen.type('\u0003')],
	...['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'].map((name): [string, End] => [
		name,
		(_, pid) => void process.kill(pid, name),
	]),
];

onLinux.each(ends)('%s gives the terminal back', async (_, end) => {
	const directory = await directoryOf({'shop.yaml': shopYaml, 'witness.mjs': witness});
	const screen = await knetScreen(['-n', 'shop', '-f', `${directory}/shop.yaml`], {
		under: [`${directory}/witness.mjs`, `${directory}/pid`],
	});
	await screen.until('svc/web');
	expect(screen.buffer()).toBe('alternate');
	end(screen, Number(readFileSync(`${directory}/pid`, 'utf8')));
	await screen.until('left as');
	expect(screen.text()).toContain('left as sane');
	expect(screen.buffer()).toBe('normal');
	const last = (sequence: string): number => screen.output().lastIndexOf(`\u001B[?${sequence}`);
	expect(last('25h')).toBeGreaterThan(last('25l'));
	expect(last('1004l')).toBeGreaterThan(last('1004h'));
	expect(last('2004l')).toBeGreaterThan(last('2004h'));
});

onLinux('a terminal that is gone ends knet', async () => {
	const screen = await openShop(await directoryOf({'shop.yaml': shopYaml}));
	screen.hangUp();
	await waitFor(() => expect(existsSync(`/proc/${screen.pid}`)).toBe(false));
});

test('after a storm of sizes, or one that is taken back before knet looks, the screen is whole again', async () => {
	const screen = await openShop(await directoryOf({'shop.yaml': shopYaml}));
	const isWhole = (text: string): boolean => text.includes('svc/web') && text.includes('Entries 2');
	screen.resize(1, 1);
	screen.resize(80, 24);
	await screen.until(isWhole);
	const random = createRandom(41);
	for (let count = 0; count < 200; count++) {
		screen.resize(1 + Math.floor(random() * 120), 1 + Math.floor(random() * 50));
	}

	screen.resize(1, 1);
	screen.resize(80, 24);
	await screen.until(isWhole);
});

test('a terminal that stalls is shown what is true once it reads again', async () => {
	const {world, settle} = createSimulation();
	settle();
	const server = await serveWorld(world);
	onTestFinished(() => server.close());
	const screen = await knetScreen(['-n', 'shop', '--server', server.url]);
	await screen.until('svc/web');
	screen.stall();
	for (let count = 0; count < 500; count++) {
		world.put(serviceOf(`late-${count}`));
		if (count > 0) {
			world.remove('Service', `shop/late-${count - 1}`);
		}

		await new Promise(setImmediate);
	}

	screen.goOn();
	await screen.until((text) => text.includes('late-499') && !text.includes('late-498'));
});

function serviceOf(name: string): Wire {
	return {
		apiVersion: 'v1',
		kind: 'Service',
		metadata: {namespace: 'shop', name},
		spec: {clusterIP: '10.96.77.1', ports: [{port: 80}]},
	};
}
