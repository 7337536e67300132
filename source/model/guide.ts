/** What to press next in the demo, and what it shows. */
export type GuideStep = {
	/** A command of the table of keys; the screen says the key that it has. */
	readonly command: string;
	/** The key in full where the command has several, or what is typed after it. */
	readonly key?: string;
	/** Follows the key: `y shows the selector in the YAML`. */
	readonly shows: string;
};

/** What a person wants to know, and the keys that answer it. */
export type Guide = {
	readonly question: string;
	readonly steps: readonly GuideStep[];
	/** After the last step. */
	readonly closing: string;
};
