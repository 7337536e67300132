import type {ControllerRecord, SettingsSource} from '../../rules/controllers/record/record.ts';
import type {Answers} from '../../rules/controllers/record/facts.ts';
import {controllerRecords} from '../../rules/controllers/records.ts';
import {routers} from '../../rules/routers/routers.ts';

/** What knet knows of a controller, in words: made from its record. */
export type KnownController = {
	readonly name: string;
	/** `Ingress`, `Gateway API`, and the kinds of its own that are followed. */
	readonly serves: readonly string[];
	/** What a client gets, by situation: `no rule: 404`. */
	readonly answers: {readonly ingress?: readonly string[]; readonly gateway?: readonly string[]};
	/** What is assumed, or not modelled: paths that rest on it are unknown. */
	readonly unknown: readonly string[];
	/** Where settings are read beside its flags. */
	readonly settings?: string;
	/** Beginnings of its annotations. */
	readonly annotations: readonly string[];
	/** Files of source, tests or documentation, with versions. */
	readonly sources: readonly string[];
};

/** Every controller that has a record, by name. */
export function knownControllers(): readonly KnownController[] {
	return controllerRecords.map(knownOf).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function knownOf(record: ControllerRecord): KnownController {
	const {implementation, ingress, gateway, annotations = [], sources, settings} = record;
	const own = routers.filter(({servedBy}) => servedBy.includes(record));
	const facts = {flags: {}};
	return {
		name: implementation,
		serves: [
			...(ingress ? ['Ingress'] : []),
			...(gateway ? ['Gateway API'] : []),
			...own.map(({kind}) => kind),
		],
		answers: {
			ingress: ingress && answersText(ingress.answers(facts)),
			gateway: gateway && [
				...answersText(gateway.answers?.(facts) ?? {}).filter((text) => !text.startsWith('no Service')),
				`no usable backend: ${gateway.profile(facts).noBackend}`,
			],
		},
		unknown: ingress?.unknowns(facts, {isFound: true}) ?? [],
		settings: settings && settingsText(settings),
		annotations,
		sources: [...new Set([...sources, ...own.flatMap((router) => router.sources)])],
	};
}

function settingsText(source: SettingsSource): string {
	switch (source.type) {
		case 'keys':
			return source.flag === undefined
				? `ConfigMap ${source.usualNames.join(', ')}`
				: `the ConfigMap of --${source.flag}`;
		case 'file':
			return `the mounted file of --${source.flag}${source.usual.map((path) => `, ${path}`).join('')}`;
		case 'document':
			return `${source.key} of ConfigMap ${source.usualNames.join(', ')}`;
	}
}

const situations: Readonly<Partial<Record<keyof Answers, string>>> = {
	'no-rule': 'no rule',
	'no-backend': 'no Service or port',
	'no-endpoints': 'no endpoints',
	refused: 'pods refuse',
	reset: 'pods reset',
	dropped: 'pods are silent',
	unreachable: 'pods cannot be reached',
};

function answersText(answers: Answers): readonly string[] {
	return Object.entries(situations).flatMap(([stop, text]) => {
		const symptom = answers[stop as keyof Answers];
		return symptom ? [`${text}: ${symptom.replace('http-', '')}`] : [];
	});
}
