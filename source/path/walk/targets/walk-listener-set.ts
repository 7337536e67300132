import {lookup} from '../../../model/snapshot.ts';
import type {Path} from '../../report.ts';
import type {Target} from '../../target.ts';
import type {WalkContext} from '../context.ts';
import {gatewayPath, pathsOfRoutes} from './walk-gateway.ts';
import {unknownPath} from '../unknown-path.ts';

type ListenerSetTarget = Extract<Target, {kind: 'listenerset' | 'xlistenerset'}>;

/** `listenerset/NAME`: its listeners at the Gateway, then a request for every match of the routes that name it. */
export function walkListenerSet(context: WalkContext, target: ListenerSetTarget): readonly Path[] {
	const kind = target.kind === 'listenerset' ? 'ListenerSet' : 'XListenerSet';
	const namespace = target.namespace ?? context.namespace ?? 'default';
	const found = lookup(context.snapshot, kind, namespace, target.name);
	if ('unknown' in found) {
		return [unknownPath(target.text, {hop: 'controller', kind, namespace, state: found.unknown})];
	}

	if ('missing' in found) {
		return [];
	}

	const {parentRef} = found.found;
	const gateway = {namespace: parentRef.namespace ?? namespace, name: parentRef.name};
	const set = {kind, namespace, name: target.name} as const;
	const itself = gatewayPath(context, `${target.kind}/${target.name}`, {gateway, set});
	return [
		itself,
		...pathsOfRoutes(
			context,
			gateway,
			({parent}) => parent.kind === kind && parent.namespace === namespace && parent.name === target.name,
		),
	];
}
