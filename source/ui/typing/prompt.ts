import {nearest} from '../../path/nearest.ts';
import {isTargetKind} from '../../path/object-names.ts';
import type {SessionState} from '../../session/state.ts';
import {ask, isTraceOptionWord} from './ask.ts';
import {fromStart, inNamespace, run} from '../keys/commands.ts';
import {crossWord} from '../keys/crossed.ts';
import {open} from '../visited.ts';
import type {Model} from '../model.ts';
import {isMissing} from '../lines/empty-lines.ts';
import {keysOf} from '../keys/keymap.ts';
import {causesTop} from '../lines/overlay-lines.ts';
import {parseMoment} from './parse-moment.ts';
import type {UiState} from '../state.ts';
import {flash, step, type Step} from '../keys/step.ts';
import {promptNames, wordAndRest} from './suggestions.ts';

/** Does what was typed after `:`. What is no command is a target. */
export function runPrompt(text: string, model: Model): Step {
	const [word, rest] = wordAndRest(text.trim());
	const name = rest?.trim();
	if (isTraceOptionWord(word)) {
		return ask(word, name, model);
	}

	if (Object.hasOwn(kindsOf, word)) {
		return listKinds(kindsOf[word]!, name, model);
	}

	return Object.hasOwn(handlers, word) ? handlers[word]!(name, model) : goTo(text.trim(), model);
}

const handlers: Readonly<Record<string, (name: string | undefined, model: Model) => Step>> = {
	'': (_, {ui}) => step(ui),
	q: (_, {ui}) => step(ui, {type: 'exit'}),
	quit: (_, {ui}) => step(ui, {type: 'exit'}),
	ns: (name, model) => (name ? listNamespace(name, model) : run('namespaces', model)),
	ctx: (name, model) => (name ? switchContext(name, model) : run('contexts', model)),
	kinds: (_, model) => run('kinds', model),
	at: (text, model) => atTime(text ?? '', model),
	speed: (text, model) => atSpeed(text ?? '', model),
	guide: (_, model) => guide(model),
	help: (_, model) => run('help', model),
	pulse: (_, model) => run('pulse', model),
	causes: (_, model) => causesOfAll(model),
	findings: (_, model) => causesOfAll(model),
	log: (_, model) => run('log', model),
	node: (name, model) =>
		name ? ofNode(name, model) : needs('node NAME shows what a drain of it would do', model),
	crossing: (text = '', model) => crossWord(text, model),
	suspend: (_, model) => run('suspend', model),
	pod: (name, model) => (name ? openTarget(`pod/${name}`, model) : needs('pod NAME opens one', model)),
	'what-if': (text, model) => whatIf(text, model),
	trace: (name, model) => (name ? openTarget(name, model) : needs('trace TARGET opens one', model)),
	dns: (name, model) =>
		name ? atDns(openTarget(name, model).ui) : openTarget('svc/kube-system/kube-dns', model),
};

/** The overview, with its causes on top. */
function causesOfAll(model: Model): Step {
	return step({...model.ui, overlay: {kind: 'pulse', top: causesTop(model)}});
}

/** Without anything it goes back to what is so. */
function whatIf(text: string | undefined, model: Model): Step {
	const {ui, session} = model;
	if (text && !session.entriesKnown) {
		return needs('the cluster is not read yet; ask once entries are listed', model);
	}

	return text || session.supposition
		? step(ui, {type: 'session', action: {type: 'what-if', text}})
		: needs('what-if takes a FILE, scale deploy/NAME=N, drain NODE or without svc/NAME', model);
}

function guide(model: Model): Step {
	const {ui, session} = model;
	return session.source.guide
		? step({...ui, guideAt: ui.guideAt === undefined ? 0 : undefined})
		: needs('only the demo has a guide', model);
}

function atTime(text: string, model: Model): Step {
	const {ui, session, now} = model;
	const {playback, history, past} = session;
	const at = parseMoment(text, past || playback ? now : session.at);
	if (at === undefined) {
		return needs('at takes a time: 02:57, 02:57:30, -5m or +30s', model);
	}

	return playback
		? step(ui, {type: 'session', action: {type: 'play', request: {seek: at}}})
		: history
			? step(ui, {type: 'session', action: {type: 'past', to: at}})
			: needs('nothing is remembered here', model);
}

function atSpeed(text: string, model: Model): Step {
	const speed = Number(text);
	if (!model.session.playback) {
		return needs('only a recording has a speed', model);
	}

	return text !== '' && speed >= 0.25 && speed <= 64
		? step(model.ui, {type: 'session', action: {type: 'play', request: {speed}}})
		: needs('speed takes a number from 0.25 to 64', model);
}

/** What hangs on a node is what would change without it. */
function ofNode(name: string, model: Model): Step {
	const {ui, effects} = whatIf(`drain ${name}`, model);
	return effects.length === 0 ? {ui, effects} : {ui: {...ui, overlay: {kind: 'differs'}}, effects};
}

function needs(text: string, model: Model): Step {
	return step(flash(model, text, 'degraded'));
}

/** The hop is chosen before the path is there. */
function atDns(ui: UiState): Step {
	return step({...ui, wantedHop: 'dns', shownKey: undefined});
}

function listNamespace(name: string, model: Model): Step {
	const namespace = name === 'all' ? undefined : name;
	return (
		noNamespace(namespace, model) ??
		step(inNamespace(model, namespace), {type: 'session', action: {type: 'namespace', namespace}})
	);
}

/** Says that there is no such namespace, with names that are like it; undefined where it may be there. */
function noNamespace(name: string | undefined, model: Model): Step | undefined {
	if (name === undefined || !isMissing(name, model.session)) {
		return undefined;
	}

	const like = nearest(name, model.session.namespaces).slice(0, 3);
	const next =
		like.length > 0
			? `did you mean ${like.join(' or ')}?`
			: `${keysOf('namespaces')[0]} lists those that are`;
	return needs(`there is no namespace ${name}; ${next}`, model);
}

function goTo(text: string, model: Model): Step {
	// In k9s the word of a kind lists its objects; here a host of that name would be opened.
	if (isTargetKind(text)) {
		return needs(`${text}/NAME opens one; / filters the list`, model);
	}

	return isBareWord(text) && !isHostOfEntry(text, model.session)
		? needs(noCommand(text), model)
		: openTarget(text, model);
}

/** Kinds whose entries a word lists, as k9s does. */
const kindsOf: Readonly<Record<string, readonly string[]>> = {
	svc: ['Service'],
	ing: ['Ingress'],
	gw: ['Gateway'],
	route: [
		'HTTPRoute',
		'GRPCRoute',
		'TLSRoute',
		'TCPRoute',
		'UDPRoute',
		'Route',
		'HTTPProxy',
		'IngressRoute',
		'VirtualService',
	],
};

function listKinds(kinds: readonly string[], namespace: string | undefined, model: Model): Step {
	if (namespace === undefined) {
		return step({...model.ui, kinds, focus: 'entries', opened: undefined, entriesTop: 0});
	}

	const wanted = namespace === 'all' ? undefined : namespace;
	return (
		noNamespace(wanted, model) ??
		step(
			{...inNamespace(model, wanted), kinds},
			{type: 'session', action: {type: 'namespace', namespace: wanted}},
		)
	);
}

function openTarget(text: string, {ui, session}: Model): Step {
	return step(open(ui, openedBy(text, session)));
}

function switchContext(name: string, model: Model): Step {
	const {contexts, isOpening, source} = model.session;
	// Before the kubeconfig is read, the session says whether there is one.
	const mayBe = isOpening && source.kind === 'live';
	return mayBe || contexts.some((context) => context.name === name)
		? step(fromStart(model.ui), {type: 'session', action: {type: 'context', context: name}})
		: step(flash(model, `there is no context ${name}`, 'degraded'));
}

/** Without dot, slash and colon: far likelier a command with a slip than a host. */
function isBareWord(text: string): boolean {
	return /^[\w-]+$/u.test(text);
}

function isHostOfEntry(word: string, {entries}: SessionState): boolean {
	const wanted = word.toLowerCase();
	return entries.some(({title, target}) => hostOf(title) === wanted || hostOf(target) === wanted);
}

function hostOf(text: string): string | undefined {
	return text
		.toLowerCase()
		.replace(/^https?:\/\//u, '')
		.split(/[/:]/u)[0];
}

function noCommand(word: string): string {
	const like = nearest(word, promptNames).slice(0, 2);
	return like.length > 0
		? `no command ${word}; did you mean ${like.join(' or ')}?`
		: `no command ${word}; a host is written with its path: ${word}/`;
}

/** A title of an entry is as good as its target. */
function openedBy(text: string, session: SessionState) {
	const entry = session.entries.find(({title, target}) => target === text || title === text);
	if (entry) {
		return {target: entry.target, namespace: entry.namespace};
	}

	return {target: text, namespace: session.namespace};
}
