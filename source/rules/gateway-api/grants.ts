import type {ReferenceGrant} from '../../model/routes/gateway.ts';
import {isKnown, type KindState, type Snapshot} from '../../model/snapshot.ts';

/** A reference from one object to another, as a ReferenceGrant sees it. `group` is '' for the core API. */
export type Reference = {
	readonly from: {readonly group: string; readonly kind: string; readonly namespace: string};
	readonly to: {
		readonly group: string;
		readonly kind: string;
		readonly namespace: string;
		readonly name: string;
	};
};

type GrantState =
	| {readonly state: 'granted'}
	| {readonly state: 'not-granted'}
	| {readonly state: 'unknown'; readonly because: KindState};

/**
Whether a reference may be followed. Inside a namespace it always may; across, a ReferenceGrant in the namespace of the
target must name both sides (apis/v1 ReferenceGrantSpec: one match of `from` and one of `to` are enough).
*/
export function grantOf(snapshot: Snapshot, reference: Reference): GrantState {
	const {from, to} = reference;
	if (from.namespace === to.namespace) {
		return {state: 'granted'};
	}

	if (snapshot.list('ReferenceGrant', to.namespace).some((grant) => grants(grant, reference))) {
		return {state: 'granted'};
	}

	const because = snapshot.state('ReferenceGrant', to.namespace);
	return isKnown(because) ? {state: 'not-granted'} : {state: 'unknown', because};
}

function grants(grant: ReferenceGrant, {from, to}: Reference): boolean {
	return (
		grant.namespace === to.namespace &&
		grant.from.some(
			(item) => item.group === from.group && item.kind === from.kind && item.namespace === from.namespace,
		) &&
		// An absent name grants every object of the kind.
		grant.to.some(
			(item) => item.group === to.group && item.kind === to.kind && (!item.name || item.name === to.name),
		)
	);
}
