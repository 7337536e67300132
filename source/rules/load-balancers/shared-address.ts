import {matchesLabels} from '../../model/matching/label-selector.ts';
import type {Service, ServicePort} from '../../model/services/service.ts';
import type {Snapshot} from '../../model/snapshot.ts';

const sharingKeys = ['metallb.io/allow-shared-ip', 'metallb.universe.tf/allow-shared-ip'];
const wantedAddresses = ['metallb.io/loadBalancerIPs', 'metallb.universe.tf/loadBalancerIPs'];

/** Another Service has the address that a Service asks MetalLB for, and does not share it. */
export type AddressConflict = {
	readonly address: string;
	readonly holder: Service;
	readonly why: 'no-key' | 'other-key' | 'port-in-use' | 'other-policy' | 'other-pods';
};

/** Source: MetalLB, internal/allocator (sharingOK, backendKey): one key, ports apart, and under Local the same pods. */
export function addressConflict(snapshot: Snapshot, service: Service): AddressConflict | undefined {
	const wanted = wantedAddressesOf(service);
	return snapshot
		.list('Service')
		.filter((other) => other.type === 'LoadBalancer' && other.uid !== service.uid)
		.flatMap((holder) => {
			const address = wanted.find((each) => holder.loadBalancer.some(({ip}) => ip === each));
			const why = address === undefined ? undefined : whyNot(service, holder);
			return address === undefined || why === undefined ? [] : [{address, holder, why}];
		})[0];
}

/** The addresses that a Service asks MetalLB for. */
export function wantedAddressesOf(service: Service): readonly string[] {
	return (valueOf(service, wantedAddresses) ?? service.loadBalancerIP ?? '')
		.split(',')
		.map((address) => address.trim())
		.filter((address) => address !== '');
}

function whyNot(service: Service, holder: Service): AddressConflict['why'] | undefined {
	const [own, other] = [service, holder].map((each) => valueOf(each, sharingKeys));
	if (own === undefined || other === undefined) {
		return 'no-key';
	}

	if (own !== other) {
		return 'other-key';
	}

	if (service.ports.some((port) => holder.ports.some((each) => isSame(port, each)))) {
		return 'port-in-use';
	}

	if (service.externalTrafficPolicy !== holder.externalTrafficPolicy) {
		return 'other-policy';
	}

	return service.externalTrafficPolicy === 'Local' && !selectSame(service, holder) ? 'other-pods' : undefined;
}

function selectSame({selector: one = {}}: Service, {selector: other = {}}: Service): boolean {
	return matchesLabels(one, other) && matchesLabels(other, one);
}

function isSame(one: ServicePort, other: ServicePort): boolean {
	return one.port === other.port && one.protocol === other.protocol;
}

function valueOf({annotations}: Service, names: readonly string[]): string | undefined {
	return names.map((name) => annotations[name]).find((value) => value !== undefined);
}
