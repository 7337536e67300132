import {command, kubectl} from '../model/safe-text/command.ts';
import {clusterScoped, kubectlName, partsOfPlace, type Kind} from '../model/kinds.ts';
import {noAnswer, omittedOf, type KindState, type Omitted, type Snapshot} from '../model/snapshot.ts';
import {dumpCommand} from '../model/safe-text/dump-command.ts';
import {namesList} from '../rules/names-list.ts';
import {refText} from '../model/ref.ts';
import {type Finding, finding} from './finding.ts';
import {accessFindings} from './access-catalogue.ts';
import {kindText} from './words.ts';

/**
Says why a kind cannot be used to decide something: KNET901 forbidden, 902 not synced, 903 stale, 904 absent from the
input, 905 incomplete. Undefined where the kind is known (synced, or an API that the server does not have).
*/
export function accessFinding(kind: Kind, place: string | undefined, state: KindState): Finding | undefined {
	switch (state.state) {
		case 'synced':
			return omitted(kind, state);
		case 'forbidden':
			return forbidden(kind, clusterScoped.has(kind) ? '' : (place ?? ''), state);
		case 'connecting':
			return state.waited === undefined
				? notSynced(kind, state.reason)
				: notListed(kind, place ?? '', {...state, waited: state.waited});
		case 'not-watched':
			return notSynced(kind, undefined);
		case 'stale':
			return stale(kind, state);
		case 'absent':
			return state.why === 'not-installed' ? undefined : absent(kind, place, state.only);
	}
}

function forbidden(kind: Kind, place: string, state: Extract<KindState, {state: 'forbidden'}>): Finding {
	const {namespace, name} = partsOfPlace(place);
	const where = namespace ? `${name ? `named ${name} ` : ''}in namespace ${namespace}` : 'in all namespaces';
	const group = state.group === '' ? '""' : state.group;
	return finding(accessFindings.forbidden, {
		message: `You may not list ${state.resource} ${where}, so this cannot be decided.`,
		evidence: [{object: kindText(kind), path: 'list', value: state.reason}],
		remedy: `Ask for a role with verbs get, list, watch on ${state.resource} (apiGroup ${group}); knet rbac prints it.`,
		command: command(
			'kubectl',
			'auth',
			'can-i',
			'list',
			`${state.resource}${state.group ? `.${state.group}` : ''}${name ? `/${name}` : ''}`,
			...(namespace ? ['-n', namespace] : ['-A']),
		),
	});
}

function notSynced(kind: Kind, reason: string | undefined): Finding {
	return finding(accessFindings.notSynced, {
		message:
			reason === undefined
				? `${kindText(kind)} objects have not been listed yet, so this cannot be decided.`
				: `${kindText(kind)} objects could not be listed so far, so this cannot be decided: ${reason}.`,
		evidence: [{object: kindText(kind), path: 'list', value: reason ?? 'not synced'}],
		remedy: 'Wait for the first list; if it does not come, look at the API server.',
		command: 'kubectl get --raw /readyz?verbose',
	});
}

/** For a command that has ended: to wait is no remedy. A reason that only says how long the API server was silent is left out of the message. */
function notListed(
	kind: Kind,
	place: string,
	{waited, reason}: {readonly waited: number; readonly reason?: string},
): Finding {
	const {namespace} = partsOfPlace(place);
	const where = namespace === '' || clusterScoped.has(kind) ? '' : ` of namespace ${namespace}`;
	const why = reason === undefined || reason.startsWith(noAnswer) ? '' : `: ${reason}`;
	return finding(accessFindings.notSynced, {
		message: `${kindText(kind)} objects${where} were not listed within ${waited} s, so this cannot be decided${why}.`,
		evidence: [{object: kindText(kind), path: 'list', value: reason ?? 'not complete'}],
		remedy: 'Ask again with a longer --request-timeout; if no list comes then, look at the API server.',
		command: 'kubectl get --raw /readyz?verbose',
	});
}

function stale(kind: Kind, state: Extract<KindState, {state: 'stale'}>): Finding {
	return finding(accessFindings.stale, {
		message: `${kindText(kind)} objects are as of ${new Date(state.since).toISOString().slice(11, 19)} UTC: the watch is down (${state.reason}).`,
		evidence: [{object: kindText(kind), path: 'watch', value: state.reason}],
		remedy: 'Wait: knet reconnects by itself. Until then the cluster may have moved on.',
		command: 'kubectl get --raw /readyz?verbose',
	});
}

function absent(kind: Kind, place: string | undefined, only?: readonly string[]): Finding {
	if (only) {
		return outsideOf(kind, partsOfPlace(place ?? '').namespace, only);
	}

	return finding(accessFindings.kindAbsent, {
		message: `The input holds no ${kindText(kind)} objects, so this cannot be decided.`,
		evidence: [{object: kindText(kind), path: 'input', value: 'none'}],
		remedy:
			'Write the file with knet snapshot FILE, which has every kind; or add the output of the command below.',
		command: kubectl({}, 'get', kubectlName(kind), '-A', '-o', 'json'),
	});
}

/** The same for several kinds, of which any may hold what is looked for: those that the input lacks are said once. */
export function accessFindingsOf(snapshot: Snapshot, kinds: readonly Kind[]): readonly Finding[] {
	const states = kinds.map((kind) => ({kind, state: snapshot.state(kind)}));
	const lacking = states.filter(({state}) => state.state === 'absent' && state.why === 'not-in-input');
	const others = lacking.length > 1 ? states.filter((each) => !lacking.includes(each)) : states;
	return [
		...(lacking.length > 1 ? [absentTogether(lacking)] : []),
		...others.flatMap(({kind, state}) => accessFinding(kind, undefined, state) ?? []),
	];
}

function absentTogether(lacking: readonly {readonly kind: Kind; readonly state: KindState}[]): Finding {
	const objects = `${namesList(lacking.map(({kind}) => kindText(kind)))} objects`;
	const isPart = lacking.some(({state}) => state.state === 'absent' && state.only);
	return finding(accessFindings.kindAbsent, {
		message: `The input ${isPart ? 'does not hold all' : 'holds no'} ${objects}, so this cannot be decided.`,
		evidence: lacking.map(({kind, state}) => ({
			object: kindText(kind),
			path: 'input',
			value: state.state === 'absent' && state.only ? `of ${state.only.join(', ')}` : 'none',
		})),
		remedy:
			'Write the file with knet snapshot FILE, which has every kind; or add the output of the command below.',
		command: kubectl({}, 'get', lacking.map(({kind}) => kubectlName(kind)).join(','), '-A', '-o', 'json'),
	});
}

/** A file of some namespaces says nothing of the others. */
function outsideOf(kind: Kind, namespace: string, only: readonly string[]): Finding {
	const names = `namespace${only.length > 1 ? 's' : ''} ${only.slice(0, 3).join(', ')}${only.length > 3 ? ' …' : ''}`;
	const objects = kind === 'Namespace' ? 'objects' : `${kindText(kind)} objects`;
	const held = kind !== 'Namespace' && clusterScoped.has(kind) ? `some ${objects}` : `${objects} of ${names}`;
	return finding(accessFindings.kindAbsent, {
		message:
			namespace === '' || only.includes(namespace)
				? `The input holds ${held} only, so this cannot be decided.`
				: `Namespace ${namespace} is not in the input, so its ${objects} are unknown.`,
		evidence: [{object: kindText(kind), path: 'input', value: `of ${only.join(', ')}`}],
		remedy: 'Give a file of all namespaces: knet snapshot FILE writes one, or the command below.',
		command: dumpCommand,
	});
}

function omitted(kind: Kind, state: KindState): Finding | undefined {
	const left = omittedOf(state);
	const [first] = left;
	return (
		first &&
		finding(accessFindings.objectTooLarge, {
			message:
				left.length === 1
					? `${nameOf(kind, first)} is too large to be read, so this cannot be decided.`
					: `${left.length} ${kindText(kind)} objects are too large to be read, so this cannot be decided.`,
			evidence: left.slice(0, 5).map((each) => ({
				object: kindText(kind),
				path: 'list',
				value: `without ${nameOf(kind, each)}: ${each.bytes} bytes`,
			})),
			remedy: 'Make the object smaller: etcd takes 1.5 MiB by default, and knet reads up to 16 MiB.',
			command:
				first.name === ''
					? kubectl({}, 'get', kubectlName(kind), '-A', '-o', 'name')
					: kubectl(
							{namespace: first.namespace || undefined},
							'get',
							kubectlName(kind),
							first.name,
							'-o',
							'yaml',
						),
		})
	);
}

function nameOf(kind: Kind, {namespace, name}: Omitted): string {
	return name === '' ? `An object of kind ${kindText(kind)}` : refText({kind, namespace, name});
}
