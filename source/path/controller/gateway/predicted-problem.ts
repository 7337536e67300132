import type {Gateway, Listener} from '../../../model/gateway.ts';
import {refText} from '../../../model/ref.ts';
import type {Snapshot} from '../../../model/snapshot.ts';
import type {EvidenceField} from '../../finding.ts';
import {namesOf} from '../../words.ts';
import {certificateIn} from '../../../rules/gateway-api/certificates.ts';
import {plainHost} from '../../../rules/gateway-api/hostnames.ts';
import {invalidKinds, sharingPort} from '../../../rules/gateway-api/listeners.ts';

/** Why a listener does not serve, and where that stands. */
export type Problem = {
	readonly reason: string;
	readonly text: string;
	readonly evidence: readonly EvidenceField[];
};

type Asked = {readonly snapshot: Snapshot; readonly gateway: Gateway; readonly listener: Listener};
type Told = Omit<Problem, 'reason'>;

/** What the objects say, where no controller has written a status: the reason is the one it should write. */
export function predictedProblem(asked: Asked, reason: string): Problem {
	return {
		reason,
		...(tellers[reason]?.(asked) ?? {text: reason, evidence: [field(asked, '', 'not served')]}),
	};
}

const tellers: Readonly<Record<string, (asked: Asked) => Told>> = {
	UnsupportedProtocol: (asked) => ({
		text: `${asked.listener.protocol} is no protocol of Gateway API`,
		evidence: [field(asked, '.protocol', asked.listener.protocol)],
	}),
	ProtocolConflict: (asked) => ({
		text: `port ${asked.listener.port} has a listener of another protocol`,
		evidence: sharing(asked).map((listener) => field({...asked, listener}, '.protocol', listener.protocol)),
	}),
	HostnameConflict: (asked) => ({
		text: `port ${asked.listener.port} has another listener with its hostname`,
		evidence: sharing(asked)
			.filter(({hostname}) => plainHost(hostname) === plainHost(asked.listener.hostname))
			.map((listener) => field({...asked, listener}, '.hostname', listener.hostname || 'absent')),
	}),
	InvalidRouteKinds: (asked) => ({
		text: `its protocol takes no ${namesOf(invalidKinds(asked.listener))}`,
		evidence: [field(asked, '.allowedRoutes.kinds[].kind', invalidKinds(asked.listener).join(', '))],
	}),
	RefNotPermitted: notPermitted,
	InvalidCertificateRef: invalidCertificate,
};

function sharing({gateway, listener}: Asked): readonly Listener[] {
	return [listener, ...sharingPort(gateway, listener)];
}

function notPermitted(asked: Asked): Told {
	const {gateway} = asked;
	const {name = '', namespace = ''} =
		certificateIn(asked.snapshot, {...asked, state: 'RefNotPermitted'}) ?? {};
	return {
		text: `no ReferenceGrant lets it use Secret ${namespace}/${name}`,
		evidence: [
			field(asked, `.tls.certificateRefs[${name}].namespace`, namespace),
			{
				object: refText({kind: 'ReferenceGrant', namespace, name: '*'}),
				path: 'spec.from[].namespace',
				value: `none for Gateways of ${gateway.namespace}`,
			},
		],
	};
}

function invalidCertificate(asked: Asked): Told {
	const ref = certificateIn(asked.snapshot, {...asked, state: 'InvalidCertificateRef'});
	const {kind = 'Secret', name = '', namespace = ''} = ref ?? {};
	const named = field(asked, `.tls.certificateRefs[${name}].name`, name);
	if (kind !== 'Secret' || ref?.group !== '') {
		return {
			text: `${kind} ${name} is no Secret`,
			evidence: [field(asked, `.tls.certificateRefs[${name}].kind`, kind)],
		};
	}

	const object = refText({kind, namespace, name});
	const secret = asked.snapshot.get('Secret', namespace, name);
	return secret
		? {
				text: `Secret ${namespace}/${name} is of type ${secret.type ?? ''}`,
				evidence: [named, {object, path: 'type', value: secret.type ?? ''}],
			}
		: {
				text: `Secret ${namespace}/${name} does not exist`,
				evidence: [named, {object, path: 'metadata.name', value: 'does not exist'}],
			};
}

function field({gateway, listener}: Asked, path: string, value: string): EvidenceField {
	return {
		object: refText({kind: 'Gateway', ...gateway}),
		path: `spec.listeners[${listener.name}]${path}`,
		value,
	};
}
