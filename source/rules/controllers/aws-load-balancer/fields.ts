export type Fields = Readonly<Record<string, unknown>>;

/** Names are read as the controller does: `RedirectConfig` and `redirectConfig` are one. */
export function fieldsOf(value: unknown): Fields {
	return typeof value === 'object' && value !== null
		? Object.fromEntries(
				Object.entries(value).map(([key, each]) => [`${key.charAt(0).toLowerCase()}${key.slice(1)}`, each]),
			)
		: {};
}
