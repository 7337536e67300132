import type {Model} from './model.ts';

/** The namespace of what is open, where it may be another than the one that is listed: an address or a pasted line may lead out of it. */
export function elsewhere({ui, path, lingers, session: {namespace}}: Model): string | undefined {
	if (namespace === undefined || ui.focus === 'entries' || lingers) {
		return undefined;
	}

	const passed = path?.hops.filter(({status}) => status !== 'skipped') ?? [];
	const rules = passed.find(({kind}) => kind === 'route') ?? passed.find(({kind}) => kind === 'service');
	return rules?.subject?.namespace;
}
