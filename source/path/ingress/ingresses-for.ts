import type {Ingress} from '../../model/ingress.ts';
import {remember} from '../remember.ts';
import {isOpen, plainHost} from './rules.ts';

type Placed = {readonly ingress: Ingress; readonly position: number};

type HostIndex = {readonly named: ReadonlyMap<string, readonly Placed[]>; readonly open: readonly Placed[]};

const hostIndex = remember((ingresses: readonly Ingress[]): HostIndex => {
	const placed = ingresses.map((ingress, position) => ({ingress, position}));
	const hosts = placed.flatMap((each) => [...hostsOf(each.ingress)].map((host) => ({...each, host})));
	return {
		named: Map.groupBy(hosts, ({host}) => host),
		open: placed.filter(({ingress: {rules}}) => rules.length === 0 || rules.some(({host}) => isOpen(host))),
	};
});

function hostsOf({rules}: Ingress): ReadonlySet<string> {
	return new Set(rules.map(({host}) => plainHost(host)));
}

/** Of a list those that may be for a host, in its order: that name it, or leave hosts open. Of thousands a request concerns few. */
export function ingressesFor(ingresses: readonly Ingress[], host: string): readonly Ingress[] {
	const {named, open} = hostIndex(ingresses);
	const found = new Map(
		[...(named.get(plainHost(host)) ?? []), ...open].map(({ingress, position}) => [position, ingress]),
	);
	return [...found].toSorted(([a], [b]) => a - b).map(([, ingress]) => ingress);
}
