import {join} from 'node:path';

/** Where knet keeps what is a person's own. Source: XDG Base Directory Specification 0.8. */
export type OwnPaths = {
	readonly config: string;
	/** What knet remembers from one run to the next. */
	readonly state: string;
	readonly log: string;
	/** What can be asked for again: names of objects, for completion. A directory. */
	readonly cache: string;
};

export function ownPathsOf(env: NodeJS.ProcessEnv): OwnPaths {
	const state = join(base(env, 'XDG_STATE_HOME', '.local/state'), 'knet');
	return {
		config: join(base(env, 'XDG_CONFIG_HOME', '.config'), 'knet', 'config.yaml'),
		state: join(state, 'state.json'),
		log: join(state, 'knet.log'),
		cache: join(base(env, 'XDG_CACHE_HOME', '.cache'), 'knet'),
	};
}

/** "All paths must be absolute. If an implementation encounters a relative path it should ignore it." */
function base(env: NodeJS.ProcessEnv, name: string, fallback: string): string {
	const set = env[name] ?? '';
	return set.startsWith('/') ? set : join(env['HOME'] ?? '/', fallback);
}
