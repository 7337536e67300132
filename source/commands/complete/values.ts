import {commandEntry, commandNames, type CommandName} from '../command-table.ts';
import {flagEntry, type FlagName} from '../flags/flags.ts';
import type {Candidate, Candidates, Situation} from './situation.ts';

type Offer = (situation: Situation) => Candidates | Promise<Candidates>;

const files: Offer = () => ({candidates: [], files: true});
const ofKubeconfig =
	(what: 'context' | 'cluster' | 'user'): Offer =>
	async (situation) =>
		(await import('./kubeconfig-values.ts')).kubeconfigValues(what, situation);

/** What a flag may be given, where help lists no choices. */
const offersOfFlags: {readonly [name in FlagName]?: Offer} = {
	output: ({command}) => plain(commandEntry(command).outputs ?? []),
	method: () => plain(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']),
	type: async () => plain((await import('../flags/dns-record-types.ts')).recordTypes),
	context: ofKubeconfig('context'),
	cluster: ofKubeconfig('cluster'),
	user: ofKubeconfig('user'),
	filename: files,
	kubeconfig: files,
	certificateAuthority: files,
	clientCertificate: files,
	clientKey: files,
	namespace: async (situation) => (await import('./cluster-values.ts')).namespaceValues(situation),
	from: async (situation) => (await import('./cluster-values.ts')).sourceValues(situation),
	rules: async (situation) =>
		situation.prefix.includes('=')
			? files(situation)
			: (await import('./cluster-values.ts')).nodeValues(situation),
	ignore: async () => ({candidates: await codes()}),
};

export async function valuesOf(flag: FlagName, situation: Situation): Promise<Candidates> {
	const {choices} = flagEntry(flag);
	return choices ? plain(choices) : ((await offersOfFlags[flag]?.(situation)) ?? none);
}

/** The one word of a command. */
const first =
	(offer: Offer): Offer =>
	(situation) =>
		situation.words.length === 0 ? offer(situation) : none;

/** What may stand where no flag does. */
const offersOfCommands: {readonly [name in CommandName | 'explore']?: Offer} = {
	explore: (situation) =>
		situation.words.length > 0 || /[/.:]/u.test(situation.prefix)
			? targets(situation)
			: {candidates: commandCandidates},
	trace: targets,
	compare: first(async (situation) => (await import('./cluster-values.ts')).urlValues(situation)),
	dns: first(async (situation) => (await import('./cluster-values.ts')).nameValues(situation)),
	explain: first(async () => ({candidates: [...(await codes()), ...(await slugs())]})),
	help: first(() => ({candidates: commandCandidates})),
	demo: first(async () => plain((await import('../../demo/scenarios.ts')).scenarios.map(({name}) => name))),
	completion: first(async () => plain((await import('./scripts.ts')).shells)),
	plugin: first(() => plain(['k9s'])),
	info: first(() => plain(['schema', 'notices'])),
	record: files,
	snapshot: files,
	replay: files,
};

export async function wordsOf(situation: Situation): Promise<Candidates> {
	return (await offersOfCommands[situation.command]?.(situation)) ?? none;
}

const none: Candidates = {candidates: []};

function plain(values: readonly string[]): Candidates {
	return {candidates: values.map((value) => ({value}))};
}

async function targets(situation: Situation): Promise<Candidates> {
	return (await import('./cluster-values.ts')).targetValues(situation);
}

async function codes(): Promise<readonly Candidate[]> {
	const {catalogue} = await import('../../path/catalogue.ts');
	return Object.values(catalogue).map(({code, title}) => ({value: code, about: title}));
}

async function slugs(): Promise<readonly Candidate[]> {
	const {catalogue} = await import('../../path/catalogue.ts');
	return Object.values(catalogue).map(({slug, title}) => ({value: slug, about: title}));
}

/** Commands, with what they do. */
const commandCandidates: readonly Candidate[] = commandNames.map((value) => ({
	value,
	about: commandEntry(value).summary,
}));
