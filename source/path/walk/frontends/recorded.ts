import {refOf} from '../../../model/ref.ts';
import type {Ingress} from '../../../model/routes/ingress.ts';
import {followedRouters} from '../../../model/routes/router-kinds.ts';
import {matchHost} from '../../../rules/host-match.ts';
import type {Entry} from '../../dns/host-addresses.ts';
import {recordedEntry} from '../../dns/recorded-entry.ts';
import type {Frontend} from './frontend.ts';

/** By the sources of external-dns: the Ingresses that name the host, the Gateway and not its routes, the object of a router of its own. */
export function recorded({ingresses, ...frontend}: Frontend): Entry | undefined {
	if (!ingresses) {
		return ofSubject(frontend);
	}

	const entries = ingresses
		.filter((ingress) => isNamedBy(ingress, frontend.request.host))
		.flatMap((ingress) => recordedEntry(refOf('Ingress', ingress), ingress.annotations) ?? []);
	return entries.length > 0
		? {
				addresses: entries.flatMap(({addresses}) => addresses),
				stated: entries.flatMap(({stated}) => stated),
			}
		: undefined;
}

/** A wildcard in DNS stands for one label or more. */
function isNamedBy({rules}: Ingress, name: string): boolean {
	return rules.some(({host}) => host !== '' && matchHost(host, name, {wildcard: 'suffix'}) > 0);
}

const kindsOfSubject = ['Gateway', ...followedRouters] as const;

function ofSubject({hopContext: {snapshot}, controllerHop, routeHop}: Frontend): Entry | undefined {
	return [controllerHop.hop.subject, routeHop.hop.subject]
		.map((ref) => {
			const kind = ref && kindsOfSubject.find((each) => each === ref.kind);
			const found = kind && snapshot.get(kind, ref.namespace ?? '', ref.name);
			return found && recordedEntry(ref, found.annotations);
		})
		.find((entry) => entry !== undefined);
}
