import {freshnessOf, isForbidden} from '../../view/freshness.ts';
import {span, type Line} from '../../view/text/line.ts';
import {retryWords} from '../../view/text/words.ts';
import {wrap} from '../../view/text/wrap.ts';
import type {SessionState} from '../../session/state.ts';
import {isTakenLiterally} from '../typing/filter.ts';
import {feedTime, type Model} from '../model.ts';

type Asked = Pick<Model, 'ui' | 'session' | 'now' | 'deskTime' | 'named'>;

/** What an empty list says: why it is empty, and what to do. */
export function emptyLines(model: Asked, width: number): readonly Line[] {
	const {named} = model;
	const [why, ...todo] = sentences(model).filter((text) => text !== '.');
	const rows = (text: string, tone?: 'dim') =>
		wrap(text, Math.max(8, width - 4)).map((row) => [span(`  ${row}`, tone)]);
	return [[], ...rows(named(why ?? '')), ...todo.flatMap((text) => rows(named(text), 'dim'))];
}

function sentences(model: Asked): readonly string[] {
	const {ui, session} = model;
	if (session.entries.length > 0) {
		return ui.faultsOnly && ui.filter === ''
			? ['Nothing is wrong.', 'z shows all entries.']
			: [
					isTakenLiterally(ui.filter)
						? `No entry has the text ${ui.filter}; as a regular expression it is not valid.`
						: 'No entry matches the filter.',
					'esc clears it.',
				];
	}

	return whyUnread(session, feedTime(model)) ?? whyNone(session);
}

/** Why the list is not known yet. */
function whyUnread(session: SessionState, now: number): readonly string[] | undefined {
	const freshness = freshnessOf(session);
	const isDown =
		freshness.state === 'stale' || (freshness.state === 'connecting' && freshness.reason !== undefined);
	if (!session.entriesKnown && isDown) {
		return [
			'The cluster does not answer.',
			`${freshness.reason ?? ''}.`.replace(/\.\.$/u, '.'),
			`knet keeps trying${session.retry ? ` (${retryWords(session.retry, now)})` : ''}; x picks another context, i shows what is read.`,
		];
	}

	if (session.isOpening && session.source.kind === 'live') {
		return ['Connecting to the cluster.'];
	}

	return session.entriesKnown ? undefined : ['Reading Services and routes.'];
}

function whyNone(session: SessionState): readonly string[] {
	if (isForbidden('Service', session)) {
		return [
			'Services may not be listed here.',
			'n picks a namespace, i shows what is missing; `knet rbac` prints the role to ask for.',
		];
	}

	if (session.namespace !== undefined && isMissing(session.namespace, session)) {
		return [`There is no namespace ${session.namespace}.`, 'n picks one that is there, 0 lists all.'];
	}

	return session.namespace === undefined
		? ['There are no Services and no routes.', 'knet lists entries as soon as there are some.']
		: [
				`Namespace ${session.namespace} has no Services and no routes.`,
				'n picks another namespace, 0 lists all.',
			];
}

/** Only where namespaces could be listed is one that is not among them none. */
export function isMissing(namespace: string, {namespaces, kinds}: SessionState): boolean {
	const isListed = kinds.some(({kind, state}) => kind === 'Namespace' && state.state === 'synced');
	return isListed && !namespaces.includes(namespace);
}
