import {currentEvidence} from '../../../model/current-evidence.ts';
import {refOf} from '../../../model/ref.ts';
import {kubectl} from '../../../model/safe-text/command.ts';
import type {Handshake, TlsObservation} from '../../../model/evidence.ts';
import type {Ingress} from '../../../model/routes/ingress.ts';
import {lookup, type Snapshot} from '../../../model/snapshot.ts';
import {accessFinding} from '../../access.ts';
import {objectField, type Finding, finding} from '../../finding.ts';
import {matchHost} from '../../../rules/host-match.ts';
import type {HttpRequest} from '../../../model/request.ts';
import {secretNamespace} from '../../../rules/controllers/record/secret-namespace.ts';
import type {Controller} from '../../../rules/controllers/record/controller.ts';
import {routeFindings} from '../catalogue.ts';
import {notDelegated} from './not-delegated.ts';

type TlsInput = {
	readonly snapshot: Snapshot;
	readonly controller: Controller;
	readonly request: HttpRequest;
	/** The one whose rule took the request. */
	readonly ingress: Ingress;
	/** All that the controller serves. */
	readonly ingresses: readonly Ingress[];
};

export type TlsEvaluation = {
	readonly findings: readonly Finding[];
	readonly observed: boolean;
	/** Why https goes no further. */
	readonly stop?: 'tls-error';
	readonly notChecked?: readonly string[];
};

/** What is known of the certificate: its Secret by metadata alone, the certificate itself where a handshake showed it. */
export function tlsFindings(input: TlsInput): TlsEvaluation {
	const shown = input.request.scheme === 'https' ? handshake(input) : undefined;
	const {findings, isMissing, unseen} = secretFindings(input);
	const all = [...findings, ...(shown ? certificateFindings(input, shown, isMissing) : [])];
	return {
		findings: all,
		observed: shown !== undefined,
		stop: all.some(({severity}) => severity === 'error') ? 'tls-error' : undefined,
		notChecked: unseen && input.request.scheme === 'https' && !shown ? [unseen] : undefined,
	};
}

/** The Secret of the entry of `spec.tls` that names the host; one without hosts stands for all. */
function secretNameOf({ingress, request}: TlsInput): string | undefined {
	const named = ingress.tls.find(({hosts}) =>
		hosts.some((host) => matchHost(host, request.host, {wildcard: 'one-label'}) > 0),
	);
	return (named ?? ingress.tls.find(({hosts}) => hosts.length === 0))?.secretName;
}

type SecretEvaluation = {
	readonly findings: readonly Finding[];
	readonly isMissing: boolean;
	/** What a Secret of the right type may lack: its data are never read. */
	readonly unseen?: string;
};

function secretFindings(input: TlsInput): SecretEvaluation {
	const {snapshot, request} = input;
	const name = secretNameOf(input);
	if (!name) {
		return {
			findings: [],
			isMissing: false,
			unseen: request.host === '' ? 'the certificate' : `the certificate for ${request.host}`,
		};
	}

	const namespace = secretNamespace(input.controller, input.ingress);
	if (namespace === undefined) {
		return {findings: [], isMissing: false};
	}

	const found = lookup(snapshot, 'Secret', namespace, name);
	if ('unknown' in found) {
		return {findings: request.scheme === 'https' ? uncertain(found) : [], isMissing: false};
	}

	if ('missing' in found) {
		return {findings: [secretMissing(input, {namespace, name})], isMissing: true};
	}

	const refused = notDelegated(input, {namespace, name});
	const findings = refused ? [refused] : wrongType(input, {namespace, name}, found.found.type);
	return {
		findings,
		isMissing: false,
		unseen: findings.length > 0 ? undefined : `the certificate in Secret ${namespace}/${name}`,
	};
}

/** Who may not read Secrets still learns whether the route works. */
function uncertain(found: Extract<ReturnType<typeof lookup>, {unknown: unknown}>): readonly Finding[] {
	const access = accessFinding(found.kind, found.namespace, found.unknown);
	return access ? [{...access, severity: 'info', undecided: undefined}] : [];
}

function secretMissing(
	{controller, request, ingress}: TlsInput,
	{namespace, name}: {readonly namespace: string; readonly name: string},
): Finding {
	// Where no other entry had a Secret, the handshake would have ended before.
	const byOther = controller.record.ingress?.tls?.missingSecret === 'handshake-fails';
	const effect = byOther ? 'serves that of another TLS entry' : 'serves its default certificate';
	return finding(routeFindings.tlsSecretMissing, {
		message: `TLS Secret ${namespace}/${name} does not exist: ${controller.implementation} ${effect} for ${request.host}.`,
		...createSecret(ingress, controller, {namespace, name}),
		severity: request.scheme === 'http' ? 'info' : 'warning',
	});
}

/** What shows that the Secret of a TLS entry is missing, and what to do. */
export function createSecret(
	ingress: Ingress,
	{implementation}: Controller,
	secret: {readonly namespace: string; readonly name: string},
): Pick<Finding, 'evidence' | 'toFix' | 'remedy' | 'command'> {
	const {namespace, name} = secret;
	return {
		evidence: [
			objectField(refOf('Ingress', ingress), 'spec.tls[].secretName', name),
			objectField(refOf('Secret', secret), 'metadata.name', 'does not exist'),
		],
		toFix: [refOf('Secret', secret)],
		remedy:
			namespace === ingress.namespace
				? 'Create the Secret, or look at what should have made it (cert-manager: its Certificate).'
				: `Create the Secret in namespace ${namespace}, where ${implementation} looks for it.`,
		command: kubectl(secret, 'get', 'secret', name),
	};
}

// Opaque may hold tls.crt and tls.key: controllers look at the keys, not at the type.
const mayHoldCertificate = new Set(['kubernetes.io/tls', 'Opaque', '']);

function wrongType(
	{request}: TlsInput,
	{namespace, name}: {readonly namespace: string; readonly name: string},
	type = '',
): readonly Finding[] {
	return mayHoldCertificate.has(type)
		? []
		: [
				finding(routeFindings.tlsSecretInvalid, {
					message: `Secret ${namespace}/${name} is of type ${type}, which holds no certificate for ${request.host}.`,
					evidence: [objectField({kind: 'Secret', namespace, name}, 'type', type)],
					remedy: 'Make a Secret of type kubernetes.io/tls with tls.crt and tls.key.',
					command: kubectl({namespace}, 'describe', 'secret', name),
				}),
			];
}

type Shown = TlsObservation & {readonly result: Handshake};

/** The newest handshake that still rests on the objects of now: as clients make it, else one with a pod of the controller. */
function handshake({snapshot, request, controller}: TlsInput): Shown | undefined {
	const all = currentEvidence(snapshot, 'tls', ['Ingress', 'Service', 'Secret']).filter(
		(each): each is Shown =>
			'names' in each.result && each.subject.serverName.toLowerCase() === request.host.toLowerCase(),
	);
	const pods = new Set(controller.pods.map(({namespace, name}) => `${namespace}/${name}`));
	return (
		all.find(({vantage, subject}) => vantage.type !== 'port-forward' && subject.port === request.port) ??
		all.find(
			({vantage}) => vantage.type === 'port-forward' && pods.has(`${vantage.namespace}/${vantage.pod}`),
		)
	);
}

const day = 24 * 3_600_000;
const soon = 21 * day;

// What controllers serve when they have nothing better.
const ownCertificates = /TRAEFIK DEFAULT CERT|Kubernetes Ingress Controller Fake Certificate|localhost/iu;

function certificateFindings(
	input: TlsInput,
	{result, subject, at}: Shown,
	isMissing: boolean,
): readonly Finding[] {
	const isOwn = ownCertificates.test(result.subject);
	const name = secretNameOf(input);
	const object = `TLS ${subject.address}:${subject.port} (${subject.serverName})`;
	const seen = new Date(at).toISOString();
	const evidence = [
		{object, path: 'subject', value: result.subject},
		{object, path: 'names', value: result.names.join(', ')},
		{object, path: 'notAfter', value: new Date(result.notAfter).toISOString()},
		{object, path: 'seen', value: seen},
	];
	if (isOwn && isMissing) {
		return [];
	}

	return isOwn && name
		? [ownServed(input, name, evidence)]
		: [...expiry(input, result.notAfter, evidence), ...uncovered(input, result, evidence)];
}

function ownServed(
	{controller, ingress, request}: TlsInput,
	name: string,
	evidence: Finding['evidence'],
): Finding {
	return finding(routeFindings.tlsSecretInvalid, {
		message: `${controller.implementation} serves its own certificate for ${request.host} although Secret ${ingress.namespace}/${name} exists: it cannot use that Secret.`,
		evidence,
		remedy:
			'See that the Secret has tls.crt and tls.key that belong together, and look at the controller’s log.',
		command: kubectl(ingress, 'describe', 'secret', name),
	});
}

function expiry(
	{snapshot, request, ingress}: TlsInput,
	notAfter: number,
	evidence: Finding['evidence'],
): readonly Finding[] {
	const left = notAfter - snapshot.now;
	if (left > soon) {
		return [];
	}

	const when = new Date(notAfter).toISOString().slice(0, 10);
	const days = Math.floor(Math.abs(left) / day);
	return [
		finding(routeFindings.tlsCertificateExpired, {
			message:
				left <= 0
					? `The certificate for ${request.host} expired on ${when}, ${days} days ago.`
					: `The certificate for ${request.host} expires on ${when}, in ${days} days.`,
			evidence,
			remedy: 'Renew it; where cert-manager does that, look at its Certificate.',
			command: kubectl(ingress, 'get', 'certificates,secrets'),
			severity: left <= 0 ? 'error' : 'warning',
		}),
	];
}

function uncovered(
	{request, ingress}: TlsInput,
	{coversHost, names}: Shown['result'],
	evidence: Finding['evidence'],
): readonly Finding[] {
	return coversHost
		? []
		: [
				finding(routeFindings.tlsHostNotCovered, {
					message: `The certificate served for ${request.host} is for ${names.join(', ') || 'no name'}.`,
					evidence,
					remedy: `Use a certificate that covers ${request.host}, and list it in spec.tls of Ingress ${ingress.name}.`,
					command: kubectl(ingress, 'get', 'ingress', ingress.name, '-o', 'yaml'),
				}),
			];
}
