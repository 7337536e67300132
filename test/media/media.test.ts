import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {sessionOptions} from '../../source/commands/open-data-source.ts';
import {startDemo} from '../../source/demo/start-demo.ts';
import {createSession} from '../../source/session/create-session.ts';
import {startExplorer} from '../../source/ui/start.tsx';
import {openTerminal} from '../helpers/terminal.ts';
import {scenario, scenes, size, wordsOf} from './scenes.ts';
import {textOf} from './svg.ts';

const noLoan = () => Promise.reject(new Error('nobody asks'));

const media = (name: string) => readFileSync(new URL(`../../media/${name}.svg`, import.meta.url), 'utf8');

test('the pictures of the README show what the demo shows today (npm run media)', async () => {
	const demo = await startDemo({scenario, live: true});
	const {guide} = demo;
	const session = createSession(await sessionOptions({flags: {}, demo: demo.url, guide}, noLoan));
	const terminal = openTerminal(size.columns, size.rows);
	const {stdin, stdout} = terminal;
	const opened = {target: demo.scenario?.target ?? ''};
	const done = startExplorer({session, opened, color: false, ascii: false, stdin, stdout, env: {}});
	const played: Record<string, readonly string[]> = {};
	for (const {name, keys, shows} of scenes) {
		for (const key of keys) {
			const before = terminal.screen();
			terminal.type(key);
			// oxlint-disable-next-line no-await-in-loop -- a person types one key after the other
			await terminal.until((screen) => screen !== before);
		}

		// oxlint-disable-next-line no-await-in-loop -- each scene begins where the one before ended
		await terminal.until((screen) => shows.test(screen) && screen.includes('● live'));
		const words = wordsOf(textOf(media(name)));
		// oxlint-disable-next-line no-await-in-loop -- as above
		played[name] = await terminal
			.until((screen) => differences(wordsOf(screen), words).length === 0)
			.then(
				() => [],
				(error: unknown) => [String(error), ...differences(wordsOf(terminal.screen()), words)],
			);
	}

	terminal.type('\u0003');
	await done;
	await session.stop();
	await demo.stop();
	expect(played).toEqual(Object.fromEntries(scenes.map(({name}) => [name, []])));
});

test('the film has a moment for each picture', () => {
	expect(media('demo').match(/<g visibility/gu)).toHaveLength(scenes.length);
});

function differences(a: ReadonlySet<string>, b: ReadonlySet<string>): readonly string[] {
	return [...[...a].filter((word) => !b.has(word)), ...[...b].filter((word) => !a.has(word))];
}
