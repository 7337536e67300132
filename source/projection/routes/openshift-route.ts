import type {OpenShiftBackend, OpenShiftRoute} from '../../model/routes/openshift-route.ts';
import {projectConditions, projectMeta} from '../meta.ts';
import {
	intOrString,
	list,
	number,
	oneOf,
	optionalRecord,
	optionalText,
	record,
	records,
	text,
	type Wire,
	verbatim,
} from '../wire.ts';

export function projectOpenShiftRoute(wire: Wire): OpenShiftRoute {
	const spec = record(wire['spec']);
	const tls = optionalRecord(spec['tls']);
	return {
		...projectMeta(wire),
		host: text(spec['host']),
		path: verbatim(spec['path']),
		wildcardPolicy: oneOf(spec['wildcardPolicy'], ['None', 'Subdomain'], 'None'),
		backends: [spec['to'], ...list(spec['alternateBackends'])].map((item) => projectBackend(record(item))),
		targetPort: intOrString(record(spec['port'])['targetPort']),
		tls: tls && {
			termination: text(tls['termination']),
			insecurePolicy: text(tls['insecureEdgeTerminationPolicy']),
			externalCertificate: optionalText(record(tls['externalCertificate'])['name']),
		},
		ingress: records(record(wire['status'])['ingress']).map((ingress) => ({
			routerName: text(ingress['routerName']),
			host: text(ingress['host']),
			canonicalHostname: text(ingress['routerCanonicalHostname']),
			conditions: projectConditions(ingress['conditions']),
		})),
	};
}

function projectBackend(backend: Wire): OpenShiftBackend {
	return {
		kind: optionalText(backend['kind']) ?? 'Service',
		name: text(backend['name']),
		weight: number(backend['weight'], 100),
	};
}
