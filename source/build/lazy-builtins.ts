import {builtinModules} from 'node:module';
import type {Plugin} from 'esbuild';

const bare = new Set(builtinModules);

// esbuild reads it with Go, which has no flag u.
const any = /(?:)/;

/**
Makes a module of Node load when the code that imports it runs. In one ECMAScript module all imports stand at the top: each start
would load http2, tls and dns, which takes longer than printing a page of help. And an import of node:http reads all that it exports, which
loads undici: a quarter of the processor time of a first request.
*/
export const lazyBuiltins: Plugin = {
	name: 'lazy-builtins',
	setup(build) {
		build.onResolve({filter: any}, ({path, namespace}) =>
			namespace !== 'builtin' && (path.startsWith('node:') || bare.has(path))
				? {path: path.replace(/^node:/u, ''), namespace: 'builtin'}
				: undefined,
		);
		build.onLoad({filter: any, namespace: 'builtin'}, ({path}) => ({
			contents: `module.exports = process.getBuiltinModule('node:${path}');`,
		}));
	},
};
