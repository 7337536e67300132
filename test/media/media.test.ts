import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {openDemo} from '../helpers/open-demo.ts';
import {scenario, scenes, size, wordsOf} from './scenes.ts';
import {textOf} from './svg.ts';

const media = (name: string) => readFileSync(new URL(`../../media/${name}.svg`, import.meta.url), 'utf8');

test('the pictures of the README show what the demo shows today (npm run media)', async () => {
	const open = await openDemo(scenario, {...size, ascii: false});
	const {terminal} = open;
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

	await open.close();
	expect(played).toEqual(Object.fromEntries(scenes.map(({name}) => [name, []])));
});

test('the film has a moment for each picture', () => {
	expect(media('demo').match(/<g visibility/gu)).toHaveLength(scenes.length);
});

function differences(a: ReadonlySet<string>, b: ReadonlySet<string>): readonly string[] {
	return [...[...a].filter((word) => !b.has(word)), ...[...b].filter((word) => !a.has(word))];
}
