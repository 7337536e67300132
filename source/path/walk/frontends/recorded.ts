import {refOf} from '../../../model/ref.ts';
import type {Entry} from '../../dns/host-addresses.ts';
import {recordedEntry} from '../../dns/recorded-entry.ts';
import type {Frontend} from './frontend.ts';

/** By the sources of external-dns: the Ingress that names the host, the Gateway and not its routes, a Route of OpenShift. */
export function recorded({ingresses, ...frontend}: Frontend): Entry | undefined {
	if (!ingresses) {
		return ofSubject(frontend);
	}

	const {host} = frontend.request;
	const named = ingresses.filter(({rules}) => rules.some((rule) => rule.host.toLowerCase() === host));
	return named
		.map((ingress) => recordedEntry(refOf('Ingress', ingress), ingress.annotations))
		.find((entry) => entry !== undefined);
}

function ofSubject({hopContext: {snapshot}, controllerHop, routeHop}: Frontend): Entry | undefined {
	return [controllerHop.hop.subject, routeHop.hop.subject]
		.map((ref) => {
			const found =
				ref?.kind === 'Gateway' || ref?.kind === 'OpenShiftRoute'
					? snapshot.get(ref.kind, ref.namespace ?? '', ref.name)
					: undefined;
			return ref && found && recordedEntry(ref, found.annotations);
		})
		.find((entry) => entry !== undefined);
}
