import {readFile} from 'node:fs/promises';
import type {Plugin} from 'esbuild';
import {oneColumnEach} from '../view/text/width.ts';

/** A piece of a package's code, and what stands in the bundle in its place. */
type Lean = {readonly file: RegExp; readonly code: string; readonly instead: string};

// esbuild reads these with Go, which has no flag u.
const leans: readonly Lean[] = [
	// meow repairs the package.json that its help and its version come from; knet asks it for neither. The table of licences
	// alone that this brings is sorted at each start: a tenth of what that takes.
	{
		file: /node_modules[\\/]meow[\\/]build[\\/]dependencies\.js$/,
		code: 'var normalizeExports = requireNormalize();',
		instead: 'var normalizeExports = () => {};',
	},
	// Of the other characters of a screen it knows no more than of ASCII: with the first of them, Unicode's tables of emoji are
	// compiled, which is another fifth of a start.
	{
		file: /node_modules[\\/]string-width[\\/]index\.js$/,
		code: String.raw`/^[\u0020-\u007E]*$/.test(string)`,
		instead: `${oneColumnEach}.test(string)`,
	},
];

const look = 'look at source/build/lean-packages.ts';

/** Leaves out of packages what they do at each start and knet does not need. The result is the same. */
export const leanPackages: Plugin = {
	name: 'lean-packages',
	setup(build) {
		const unseen = new Set(leans);
		for (const lean of leans) {
			build.onLoad({filter: lean.file}, async ({path}) => {
				unseen.delete(lean);
				return {contents: leanOf(await readFile(path, 'utf8'), lean)};
			});
		}

		build.onEnd(() => ({
			errors: [...unseen].map(({file}) => ({text: `Nothing that is bundled is ${file}: ${look}`})),
		}));
	},
};

function leanOf(content: string, {file, code, instead}: Lean): string {
	if (!content.includes(code)) {
		throw new Error(`What ${file} finds has changed: ${look}`);
	}

	return content.replace(code, () => instead);
}
