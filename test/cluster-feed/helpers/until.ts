/** Resolves when the condition holds; it is looked at whenever something else has run. Rejects with what it saw last. */
export async function until(condition: () => boolean, what: () => unknown = () => ''): Promise<void> {
	const end = performance.now() + 60_000;
	while (!condition()) {
		if (performance.now() > end) {
			throw new Error(`It did not come to this: ${condition.toString()} ${JSON.stringify(what())}`);
		}

		await new Promise((resolve) => setImmediate(resolve));
	}
}
