/** Names whose values are secrets, by where the name stands. One that is a secret wherever it stands is added to all three, and to `secretSetting` below. */
const patterns = {
	/** Of a URL: short names, such as `key`, `sig` and `code`, are tokens there. */
	parameter: /token|secret|passw|pwd|credential|jwt|session|key|auth|sig|code/iu,
	header: /token|secret|passw|pwd|credential|jwt|session|key|auth|cookie/iu,
	/** An annotation, a variable, a flag or a header of an object. Snippets are configuration, with what it holds. */
	field:
		/(?:^|[_-])auth$|token|secret|passw|pwd|credential|jwt|session|cookie|authorization|snippet|(?:api|access|private|signing|encryption|master)[_.-]?key|[_.-]key$/iu,
};

/** Whether the value of what has this name is not shown. */
export function isSecretName(name: string, of: keyof typeof patterns): boolean {
	return patterns[of].test(name);
}

/**
`NAME=VALUE` in a shell command or a file of settings, without the names that most often are of a setting (`cookie`, `session`).
Bounded: the text of an object may be a megabyte without a space.
*/
export const secretSetting =
	/(?<![\w.-])([\w.-]{0,80}(?:token|secret|passw|pwd|credential|jwt|(?:api|access|private|signing|encryption|master)[_.-]?key)[\w.-]{0,80}=)(?:"[^"]*"|'[^']*'|[^\s;&|'"]+)/giu;
