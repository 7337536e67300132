import {styleText} from 'node:util';
import {safe} from '../../model/safe-text/safe.ts';
import {plainText, type Line, type Tone} from '../../view/text/line.ts';

type ColorChoice = {readonly flag?: string; readonly env: NodeJS.ProcessEnv; readonly isTerminal: boolean};

/** `--color`, then KNET_NO_COLOR and NO_COLOR, then FORCE_COLOR and CLICOLOR_FORCE, then CLICOLOR, TERM and the terminal. */
export function wantsColor({flag, env, isTerminal}: ColorChoice): boolean {
	if (flag === 'always' || flag === 'never') {
		return flag === 'always';
	}

	if (env['KNET_NO_COLOR'] || env['NO_COLOR']) {
		return false;
	}

	if (isForced(env['FORCE_COLOR']) || isForced(env['CLICOLOR_FORCE'])) {
		return true;
	}

	return isTerminal && env['CLICOLOR'] !== '0' && env['TERM'] !== 'dumb' && env['FORCE_COLOR'] !== '0';
}

function isForced(value: string | undefined): boolean {
	return value !== undefined && value !== '' && value !== '0' && value !== 'false';
}

const styles: Readonly<Record<Tone, Parameters<typeof styleText>[0] | undefined>> = {
	plain: undefined,
	ok: 'green',
	broken: 'red',
	degraded: 'yellow',
	unknown: 'magenta',
	skipped: 'dim',
	dim: 'dim',
	accent: 'cyan',
	strong: undefined,
	match: 'cyan',
	border: 'dim',
	'border-focus': 'cyan',
};

/** A line as text, in the 16 ANSI colours or in none. */
export function paint(line: Line, color: boolean): string {
	if (!color) {
		return safe(plainText(line)).trimEnd();
	}

	return line
		.map(({text, tone, bold}) => {
			const style = tone && styles[tone];
			const colored = style ? styleText(style, safe(text), {validateStream: false}) : safe(text);
			return bold ? styleText('bold', colored, {validateStream: false}) : colored;
		})
		.join('');
}
