import {kubectl} from '../../model/safe-text/command.ts';
import type {Pod} from '../../model/workloads/pod.ts';
import {refOf} from '../../model/ref.ts';
import type {Snapshot} from '../../model/snapshot.ts';
import type {PolicyTls} from '../../rules/istio/destinations.ts';
import {membershipOf} from '../../rules/mesh/membership.ts';
import {mtlsOf} from '../../rules/mesh/mtls-mode.ts';
import {passesProxy} from '../../rules/mesh/passed-ports.ts';
import type {StopReason} from '../../rules/stop.ts';
import {finding, objectField, type EvidenceField, type Finding} from '../finding.ts';
import {namesOf} from '../words.ts';
import {meshFindings} from './catalogue.ts';

export type Target = {readonly pod: Pod; readonly port: number};

export type Mtls = {readonly findings: readonly Finding[]; readonly stop?: StopReason};

/** KNET717: a DestinationRule makes the sidecar speak mutual TLS to pods that take none (istio.io, network issues, 503 errors). */
export function mtlsToPlain(snapshot: Snapshot, rule: PolicyTls, served: readonly Target[]): Mtls {
	const plain = served.filter((target) => takesPlainOnly(snapshot, target));
	if (plain.length === 0) {
		return {findings: []};
	}

	const isAll = plain.length === served.length;
	const {namespace, name} = rule.rule;
	return {
		findings: [
			finding(meshFindings.mtlsToPlain, {
				severity: isAll ? 'error' : 'warning',
				message: `DestinationRule ${namespace}/${name} makes the sidecar speak mTLS to ${namesOf(plain.map(({pod}) => pod.name))}, where no proxy takes it.`,
				evidence: [shownRule(rule)],
				remedy: autoMtls(rule),
				command: kubectl({namespace}, 'get', 'destinationrule', name, '-o', 'yaml'),
			}),
		],
		stop: isAll ? 'reset' : undefined,
	};
}

/** No proxy takes what arrives, or it was told to take plain text only. */
function takesPlainOnly(snapshot: Snapshot, {pod, port}: Target): boolean {
	if (membershipOf(snapshot, pod) === undefined || passesProxy(pod, port)) {
		return true;
	}

	const mtls = mtlsOf(snapshot, pod, port);
	return 'mode' in mtls && mtls.mode === 'DISABLE';
}

export function shownRule({rule, mode}: PolicyTls): EvidenceField {
	const place = rule.tlsMode === mode ? 'tls.mode' : 'portLevelSettings[].tls.mode';
	return objectField(refOf('DestinationRule', rule), `spec.trafficPolicy.${place}`, mode);
}

/** Without a word about TLS a sidecar finds out which pods take mutual TLS. */
export function autoMtls({rule}: PolicyTls): string {
	return `Remove tls from DestinationRule ${rule.namespace}/${rule.name}: sidecars find out which pods take mTLS.`;
}
