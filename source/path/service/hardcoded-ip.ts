import {refOf} from '../../model/ref.ts';
import {type EvidenceField, finding, objectField} from '../finding.ts';
import {showPod} from '../planned.ts';
import type {Container, Pod} from '../../model/workloads/pod.ts';
import type {Service} from '../../model/services/service.ts';
import type {Finding} from '../finding.ts';
import {memoize} from '../../rules/memoize.ts';
import {namesOf} from '../words.ts';
import {serviceFindings} from './catalogue.ts';

/** KNET520: containers of the namespace that hold a cluster IP of this Service in env, command or args. */
export function hardcodedIp(service: Service, pods: readonly Pod[]): Finding | undefined {
	const addresses = service.clusterIPs.filter((ip) => ip !== 'None' && ip !== '');
	const uses = podsWithAddresses(pods).flatMap((pod) =>
		addresses.flatMap((address) => usesOf(pod, address).map((field) => ({pod, address, field}))),
	);
	const [first] = uses;
	if (!first) {
		return undefined;
	}

	const names = [...new Set(uses.map(({pod}) => pod.name))];
	return finding(serviceFindings.serviceIpHardcoded, {
		message: `${namesOf(names)} ${names.length === 1 ? 'has' : 'have'} the address ${first.address} of Service ${service.name} written into the pod.`,
		evidence: uses.slice(0, 5).map(({field}) => field),
		remedy: `Use the name ${service.name}.${service.namespace} instead: the address changes when the Service is created again.`,
		command: showPod(first.pod),
	});
}

function usesOf(pod: Pod, address: string): readonly EvidenceField[] {
	return addressTexts(pod)
		.filter(({value}) => holds(value, address))
		.map(({path}) => objectField(refOf('Pod', pod), path, address));
}

/** The pods of a list that hold any address: few do, and each Service of the namespace asks. */
const podsWithAddresses = memoize((pods: readonly Pod[]): readonly Pod[] =>
	pods.filter((pod) => addressTexts(pod).length > 0),
);

/** What of a pod may hold an address at all. */
const addressTexts = memoize((pod: Pod): readonly Text[] =>
	[
		...pod.containers.flatMap((container) => usesIn(container, 'spec.containers')),
		...pod.initContainers.flatMap((container) => usesIn(container, 'spec.initContainers')),
	].filter(({value}) => /\d\.\d|:/.test(value)),
);

function usesIn({name, envAddresses, command, args}: Container, list: string): readonly Text[] {
	const path = `${list}[${name}]`;
	return [
		...envAddresses.map((env) => ({path: `${path}.env[${env.name}].value`, value: env.value})),
		...command.map((value) => ({path: `${path}.command`, value})),
		...args.map((value) => ({path: `${path}.args`, value})),
	];
}

type Text = {readonly path: string; readonly value: string};

/** `10.0.0.1` is not in `10.0.0.12` and not in `110.0.0.1`. */
function holds(text: string, address: string): boolean {
	const at = text.indexOf(address);
	const isPart = (character: string | undefined): boolean =>
		character !== undefined && /[\da-f.]/i.test(character);
	return at !== -1 && !isPart(text[at - 1]) && !/\d/.test(text[at + address.length] ?? '');
}
