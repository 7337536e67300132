import {safe} from '../../model/safe-text/safe.ts';

/** What a plugin prints for people while the screen is open: only its last line is shown, and only so much is kept. */
type LastWords = {
	add(text: string): void;
	/** The last line with anything on it. */
	line(): string;
};

const mostKept = 4096;
const mostShown = 200;

/** A JSON Web Token, as ID and access tokens are. */
const jwt = /\beyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?/gu;

export function createLastWords(): LastWords {
	let kept = '';
	return {
		add(text) {
			kept = (kept + text).slice(-mostKept);
		},
		line() {
			const lines = kept.split(/[\r\n]+/u).filter((line) => line.trim() !== '');
			return safe((lines.at(-1) ?? '').trim().replaceAll(jwt, '<token>')).slice(0, mostShown);
		},
	};
}
