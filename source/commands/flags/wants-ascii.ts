import type {Flags} from './flags.ts';

/** `--ascii`, KNET_ASCII, the Linux console, or a locale that is not UTF-8. */
export function wantsAscii({ascii}: Flags, env: NodeJS.ProcessEnv): boolean {
	return ascii === true || !isUtf8(env);
}

/** By the locale, as C programs see it; an unset one counts as UTF-8 only where nothing says otherwise. */
function isUtf8(env: NodeJS.ProcessEnv): boolean {
	// The fonts of the Linux console hold few signs beyond ASCII, whatever the locale says.
	if (env['KNET_ASCII'] || env['TERM'] === 'linux') {
		return false;
	}

	const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'];
	return locale === undefined || locale === '' || /utf-?8/iu.test(locale);
}
