import type {Gateway, Listener} from '../../../model/routes/gateway.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import {objectField, type EvidenceField} from '../../finding.ts';
import {namesOf} from '../../words.ts';
import {certificateIn} from '../../../rules/gateway-api/listeners/certificates.ts';
import {plainHost} from '../../../rules/host-match.ts';
import {ownerOf, plainName} from '../../../rules/gateway-api/listeners/listener-sets.ts';
import {invalidKinds, sharingPort} from '../../../rules/gateway-api/listeners/listeners.ts';

/** Why a listener does not serve, and where that stands. */
export type Problem = {
	readonly reason: string;
	readonly text: string;
	readonly evidence: readonly EvidenceField[];
};

/** A plain listener has the port, and the controller's status does not say so. */
export function heldByPlain(gateway: Gateway, listener: Listener, holder: Listener): Problem {
	const fieldOf = (each: Listener) =>
		objectField(ownerOf(gateway, each), `spec.listeners[${plainName(each)}].protocol`, each.protocol);
	return {
		reason: 'ProtocolConflict',
		text: `listener ${plainName(holder)}, first by name, holds the port for plain HTTP`,
		evidence: [fieldOf(listener), fieldOf(holder)],
	};
}

type Requested = {readonly snapshot: Snapshot; readonly gateway: Gateway; readonly listener: Listener};
type Told = Omit<Problem, 'reason'>;

/** The problem by the objects, where no controller has written a status: with the reason that it should write. */
export function predictedProblem(requested: Requested, reason: string): Problem {
	return {
		reason,
		...(tellers[reason]?.(requested) ?? {text: reason, evidence: [field(requested, '', 'not served')]}),
	};
}

const tellers: Readonly<Record<string, (requested: Requested) => Told>> = {
	UnsupportedProtocol: (requested) => ({
		text: `${requested.listener.protocol} is no protocol of Gateway API`,
		evidence: [field(requested, '.protocol', requested.listener.protocol)],
	}),
	ProtocolConflict: (requested) => ({
		text: `port ${requested.listener.port} has a listener of another protocol`,
		evidence: sharing(requested).map((listener) =>
			field({...requested, listener}, '.protocol', listener.protocol),
		),
	}),
	HostnameConflict: (requested) => ({
		text: `port ${requested.listener.port} has another listener with its hostname`,
		evidence: sharing(requested)
			.filter(({hostname}) => plainHost(hostname) === plainHost(requested.listener.hostname))
			.map((listener) => field({...requested, listener}, '.hostname', listener.hostname || 'absent')),
	}),
	InvalidRouteKinds: (requested) => ({
		text: `its protocol takes no ${namesOf(invalidKinds(requested.listener))}`,
		evidence: [field(requested, '.allowedRoutes.kinds[].kind', invalidKinds(requested.listener).join(', '))],
	}),
	RefNotPermitted: notPermitted,
	InvalidCertificateRef: invalidCertificate,
};

function sharing({gateway, listener}: Requested): readonly Listener[] {
	return [listener, ...sharingPort(gateway, listener)];
}

function notPermitted(requested: Requested): Told {
	const owner = ownerOf(requested.gateway, requested.listener);
	const {name = '', namespace = ''} =
		certificateIn(requested.snapshot, {...requested, state: 'RefNotPermitted'}) ?? {};
	return {
		text: `no ReferenceGrant lets it use Secret ${namespace}/${name}`,
		evidence: [
			field(requested, `.tls.certificateRefs[${name}].namespace`, namespace),
			objectField(
				{kind: 'ReferenceGrant', namespace, name: '*'},
				'spec.from[].namespace',
				`none for ${owner.kind}s of ${owner.namespace}`,
			),
		],
	};
}

function invalidCertificate(requested: Requested): Told {
	const ref = certificateIn(requested.snapshot, {...requested, state: 'InvalidCertificateRef'});
	const {kind = 'Secret', name = '', namespace = ''} = ref ?? {};
	const named = field(requested, `.tls.certificateRefs[${name}].name`, name);
	if (kind !== 'Secret' || ref?.group !== '') {
		return {
			text: `${kind} ${name} is no Secret`,
			evidence: [field(requested, `.tls.certificateRefs[${name}].kind`, kind)],
		};
	}

	const object = {kind, namespace, name};
	const secret = requested.snapshot.get('Secret', namespace, name);
	return secret
		? {
				text: `Secret ${namespace}/${name} is of type ${secret.type ?? ''}`,
				evidence: [named, objectField(object, 'type', secret.type ?? '')],
			}
		: {
				text: `Secret ${namespace}/${name} does not exist`,
				evidence: [named, objectField(object, 'metadata.name', 'does not exist')],
			};
}

function field({gateway, listener}: Requested, path: string, value: string): EvidenceField {
	return objectField(ownerOf(gateway, listener), `spec.listeners[${plainName(listener)}]${path}`, value);
}
