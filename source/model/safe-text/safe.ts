/**
Text of others can hold escape sequences (CVE-2021-25743): annotations, Event messages and conditions are free text, and so
are names in a kubeconfig, a file or an argument. Everything a terminal could act on is made visible, and nothing is
silently removed. Projections apply it to what comes from a cluster; whatever leaves knet passes it again.
*/
export function safe(text: string): string {
	return unsafe.test(text) ? text.replace(unsafeAll, visible) : text;
}

/** As `safe`, but keeps line breaks: for the few multi-line documents that knet parses itself (a Corefile). */
export function safeLines(text: string): string {
	return text.split(/\r?\n/u).map(safe).join('\n');
}

/** A replacer for reports: JSON and YAML escape C0 by themselves, and neither C1 nor bidi controls. */
export function safeValue(_: unknown, value: unknown): unknown {
	return typeof value === 'string' ? safe(value) : value;
}

/*
Controls (C0, DEL, C1), line and paragraph separators, lone surrogates, interlinear annotations, the blank of Braille; and
what Unicode has drawn as nothing (UAX #44, Default_Ignorable_Code_Point): bidi controls, zero-width characters, fillers,
variation selectors, tags. Two names that look alike must not differ in them.
*/
const unsafe = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb\u2800]/u;
const unsafeAll = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb\u2800]/gu;

function visible(character: string): string {
	if (character === '\n') {
		return '⏎';
	}

	if (character === '\t') {
		return ' ';
	}

	const code = character.codePointAt(0) ?? 0;
	return code < 0x20
		? `^${String.fromCodePoint(code + 0x40)}`
		: `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
}
