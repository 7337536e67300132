import {createSecret} from './tls-findings.ts';
import {kubectl} from '../../../model/safe-text/command.ts';
import type {Ingress} from '../../../model/routes/ingress.ts';
import {refOf, refText} from '../../../model/ref.ts';
import type {Controller} from '../../../rules/controllers/record/controller.ts';
import type {WithoutEntry} from '../../../rules/controllers/record/ingress-side.ts';
import {ingressSide} from '../../../rules/controllers/records.ts';
import {secureHosts, usableEntries} from '../../../rules/controllers/decide.ts';
import {secretNamespace} from '../../../rules/controllers/record/secret-namespace.ts';
import {matchHost} from '../../../rules/host-match.ts';
import {rulesOf} from '../../../rules/ingress/rules.ts';
import type {TlsEntry} from '../../../rules/ingress/tls-entries.ts';
import {notDelegated} from './not-delegated.ts';
import {objectField, finding, type EvidenceField, type Finding} from '../../finding.ts';
import {routeFindings} from '../catalogue.ts';
import type {DecideInput} from '../../../rules/controllers/decide-input.ts';

/** Why https ends before any rule is looked at, where the controller has no certificate for the host (KNET416, KNET407). */
export function handshakeFailure(input: DecideInput): Finding | undefined {
	const {request, controller} = input;
	const ended = request.scheme === 'https' ? endedByAnnotation(input) : undefined;
	if (ended) {
		return ended;
	}

	const {missingSecret, needsSecret} = ingressSide(controller).tls ?? {};
	const fails = doesWithoutEntry(controller) === 'handshake-fails';
	if ((!fails && missingSecret !== 'handshake-fails') || request.scheme === 'http' || request.host === '') {
		return undefined;
	}

	if (passesHost(input)) {
		return undefined;
	}

	const hosts = secureHosts(input);
	const isServed = [...hosts].some((host) => matchHost(host, request.host, {wildcard: 'suffix'}) > 0);
	if (isServed) {
		return undefined;
	}

	// An entry without a Secret may have a certificate by other means, where one is not asked for.
	const [entry] = usableEntries(input).filter(
		({host, secretName}) =>
			host !== '' && (fails || secretName !== '' || needsSecret?.(controller.flags) === true),
	);
	return entry ? unusable(input, entry) : fails ? noEntry(input, 'ends the handshake') : undefined;
}

/** An Ingress hands the TLS of the host on unopened, or means to: no certificate is asked for. */
function passesHost({request, controller, ingresses}: DecideInput): boolean {
	const {passesTls} = ingressSide(controller);
	return (
		passesTls !== undefined &&
		ingresses.some(
			(ingress) => passesTls(ingress) && rulesOf(ingress).some(({host}) => names(host, request.host)),
		)
	);
}

/** Where all Ingresses of the host ask for the same: of different wishes the default counts. */
function endedByAnnotation({snapshot, request, controller, ingresses}: DecideInput): Finding | undefined {
	const {whyNoHandshake} = ingressSide(controller);
	const own = whyNoHandshake
		? ingresses.filter((ingress) => rulesOf(ingress).some(({host}) => host === request.host))
		: [];
	const all = own.map((ingress) => whyNoHandshake?.(snapshot, ingress));
	const [first] = all;
	const [ingress] = own;
	if (!ingress || !first || all.some((each) => each?.value !== first.value)) {
		return undefined;
	}

	const {annotation, value, why} = first;
	return finding(routeFindings.noTlsForHost, {
		message: `Ingress ${ingress.namespace}/${ingress.name} has no TLS for ${request.host}: ${why}; ${controller.implementation} ends the handshake.`,
		evidence: [objectField(refOf('Ingress', ingress), `metadata.annotations[${annotation}]`, value)],
		remedy: `Correct annotation ${annotation}, or make what it names.`,
		command: kubectl(ingress, 'get', 'ingress', ingress.name, '-o', 'yaml'),
	});
}

/** KNET416: rules take the request over http, and none of their hosts has TLS. */
export function withoutEntry(input: DecideInput, takenByHttp: boolean): Finding | undefined {
	const leavesOut = doesWithoutEntry(input.controller) === 'not-found';
	return leavesOut && takenByHttp && input.request.scheme === 'https'
		? noEntry(input, 'serves its own certificate and answers 404')
		: undefined;
}

function doesWithoutEntry(controller: Controller): WithoutEntry | undefined {
	const given = ingressSide(controller).tls?.withoutEntry;
	return typeof given === 'function' ? given(controller) : given;
}

function noEntry({request, controller, ingresses}: DecideInput, does: string): Finding {
	const {host} = request;
	const named = ingresses.find((ingress) => rulesOf(ingress).some((rule) => names(rule.host, host)));
	const object = named ? refText(refOf('Ingress', named)) : 'Ingress/*';
	return finding(routeFindings.noTlsForHost, {
		message: `No TLS entry of an Ingress names ${host}: ${controller.implementation} ${does}.`,
		evidence: [{object, ...(named ? hostsOfTls(named) : {path: 'spec.tls', value: 'empty'})}],
		remedy: `Add ${host} and a Secret to spec.tls of ${named ? `Ingress ${named.name}` : 'an Ingress'}, or use http.`,
		command: named ? kubectl(named, 'get', 'ingress', named.name, '-o', 'yaml') : 'kubectl get ingress -A',
	});
}

function names(rule: string, host: string): boolean {
	return matchHost(rule, host, {wildcard: 'one-label'}) > 0;
}

function hostsOfTls({tls}: Ingress): Pick<EvidenceField, 'path' | 'value'> {
	const hosts = tls.flatMap((entry) => entry.hosts).join(', ');
	return tls.length > 0 && hosts === ''
		? {path: 'spec.tls[].hosts', value: 'none'}
		: {path: 'spec.tls', value: hosts || 'empty'};
}

function unusable(input: DecideInput, entry: TlsEntry): Finding {
	const {ingress, secretName: name} = entry;
	const namespace = secretNamespace(input.controller, ingress) ?? ingress.namespace;
	return notDelegated({...input, ingress}, {namespace, name}) ?? secretMissing(input, entry);
}

function secretMissing(input: DecideInput, entry: TlsEntry): Finding {
	return finding(routeFindings.tlsSecretMissing, {
		...(entry.secretName ? missingSecret(input, entry) : noSecretNamed(input, entry)),
		severity: 'error',
	});
}

type Words = Pick<Finding, 'message' | 'evidence' | 'toFix' | 'remedy' | 'command'>;

function missingSecret({request, controller}: DecideInput, {ingress, secretName}: TlsEntry): Words {
	const namespace = secretNamespace(controller, ingress) ?? ingress.namespace;
	return {
		message: `TLS Secret ${namespace}/${secretName} does not exist: ${controller.implementation} ends the handshake for ${request.host}.`,
		...createSecret(ingress, controller, {namespace, name: secretName}),
	};
}

function noSecretNamed({request, controller}: DecideInput, {ingress}: TlsEntry): Words {
	return {
		message: `TLS of Ingress ${ingress.name} names no Secret: ${controller.implementation} ends the handshake for ${request.host}.`,
		evidence: [objectField(refOf('Ingress', ingress), 'spec.tls[].secretName', 'empty')],
		remedy: `Name a TLS Secret in spec.tls[].secretName of Ingress ${ingress.name}.`,
		command: kubectl(ingress, 'get', 'ingress', ingress.name, '-o', 'yaml'),
	};
}
