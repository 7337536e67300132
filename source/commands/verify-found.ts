import {kubectl} from '../model/command.ts';
import {UserError} from '../errors.ts';
import type {Kind} from '../model/kinds.ts';
import {isKnown, type Snapshot} from '../model/snapshot.ts';
import {nearest} from '../path/nearest.ts';
import type {Trace} from '../path/report.ts';
import type {Target} from '../path/target.ts';
import type {OpenSource} from './source.ts';
import type {Question} from './question.ts';
import type {Source} from '../model/request.ts';

const kindOfTarget: Readonly<Record<Exclude<Target['kind'], 'url' | 'address'>, Kind>> = {
	service: 'Service',
	ingress: 'Ingress',
	httproute: 'HTTPRoute',
	grpcroute: 'GRPCRoute',
	gateway: 'Gateway',
	pod: 'Pod',
};

/** A namespace that does not exist is bad input: says so, with the nearest name. Dumps in files often leave Namespaces out. */
export function verifyNamespace(namespace: string | undefined, source: OpenSource): void {
	const snapshot = source.reader.snapshot(Date.now());
	const isListed = source.source !== 'file' && isKnown(snapshot.state('Namespace'));
	if (namespace === undefined || !isListed || snapshot.get('Namespace', '', namespace)) {
		return;
	}

	const [like] = nearest(
		namespace,
		snapshot.list('Namespace').map(({name}) => name),
	);
	throw new UserError(
		`There is no namespace ${namespace}.`,
		like ? `Did you mean ${like}?` : 'knet scan -A looks at all of them.',
	);
}

/** A target or source that does not exist is bad input: says so, with the nearest name. */
export function verifyFound({target, from, namespace}: Question, {paths}: Trace, source: OpenSource): void {
	const snapshot = source.reader.snapshot(Date.now());
	if (paths.length === 0) {
		verifyNamespace(
			'namespace' in target ? (target.namespace ?? namespace ?? source.namespace) : namespace,
			source,
		);
		throw missingTarget(snapshot, target, namespace ?? source.namespace);
	}

	verifySource(from, source);
}

/** A pod or node that a request should start from, and that does not exist. */
export function verifySource(from: Source | undefined, source: OpenSource): void {
	const snapshot = source.reader.snapshot(Date.now());
	if (
		from?.kind === 'pod' &&
		isKnown(snapshot.state('Pod', from.namespace)) &&
		!snapshot.get('Pod', from.namespace, from.name)
	) {
		throw missing(snapshot, {kind: 'Pod', namespace: from.namespace, name: from.name});
	}

	if (
		from?.kind === 'node' &&
		from.name &&
		isKnown(snapshot.state('Node')) &&
		!snapshot.get('Node', '', from.name)
	) {
		throw missing(snapshot, {kind: 'Node', namespace: '', name: from.name});
	}
}

function missingTarget(snapshot: Snapshot, target: Target, fallback: string): UserError {
	if (target.kind === 'url' || target.kind === 'address') {
		return new UserError(
			`No Service and no pod has the address of ${target.text}.`,
			'kubectl get services,endpointslices -A -o wide lists them.',
		);
	}

	return missing(snapshot, {
		kind: kindOfTarget[target.kind],
		namespace: target.namespace ?? fallback,
		name: target.name,
	});
}

type Missing = {readonly kind: Kind; readonly namespace: string; readonly name: string};

function missing(snapshot: Snapshot, {kind, namespace, name}: Missing): UserError {
	const here = snapshot.list(kind, namespace === '' ? undefined : namespace).map((object) => object.name);
	const elsewhere = snapshot.list(kind).find((object) => object.name === name);
	const like = nearest(name, here)[0];
	const where = namespace === '' ? '' : ` in namespace ${namespace}`;
	return new UserError(
		`There is no ${kind} ${name}${where}.`,
		nextStep({like, here, elsewhere: elsewhere?.namespace, kind}),
	);
}

type Hints = {
	readonly like?: string;
	readonly here: readonly string[];
	readonly elsewhere?: string;
	readonly kind: Kind;
};

function nextStep({like, here, elsewhere, kind}: Hints): string {
	if (elsewhere) {
		return `There is one in namespace ${elsewhere}: add -n ${elsewhere}.`;
	}

	if (like) {
		return `Did you mean ${like}?`;
	}

	return here.length > 0
		? `There are: ${here.slice(0, 5).join(', ')}.`
		: `${kubectl({}, 'get', kind.toLowerCase(), '-A')} lists them.`;
}
