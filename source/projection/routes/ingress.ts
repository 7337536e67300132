import type {V1HTTPIngressPath, V1Ingress, V1IngressBackend, V1IngressClass} from '@kubernetes/client-node';
import type {Ingress, IngressBackend, IngressClass, IngressPath} from '../../model/routes/ingress.ts';
import {projectMeta} from '../meta.ts';
import {
	list,
	oneOf,
	optionalNumber,
	optionalRecord,
	optionalText,
	record,
	records,
	text,
	texts,
	verbatim,
	type Claimed,
	type WireOf,
} from '../wire.ts';

export function projectIngress(wire: WireOf<V1Ingress>): Ingress {
	const spec = record(wire['spec']);
	return {
		...projectMeta(wire),
		className: optionalText(spec['ingressClassName']) || undefined,
		defaultBackend: projectBackend(optionalRecord(spec['defaultBackend'])),
		rules: records(spec['rules']).map((rule) => {
			return {host: text(rule['host']), paths: list(record(rule['http'])['paths']).flatMap(projectPath)};
		}),
		tls: list(spec['tls']).map((item) => ({
			hosts: texts(record(item)['hosts']),
			secretName: optionalText(record(item)['secretName']) || undefined,
		})),
		addresses: list(record(record(wire['status'])['loadBalancer'])['ingress']).map((item) => ({
			ip: optionalText(record(item)['ip']) || undefined,
			hostname: optionalText(record(item)['hostname']) || undefined,
		})),
	};
}

function projectPath(value: Claimed<V1HTTPIngressPath>): IngressPath[] {
	const path = record(value);
	const backend = projectBackend(optionalRecord(path['backend']));
	return backend
		? [
				{
					path: verbatim(path['path']),
					pathType: oneOf(
						path['pathType'],
						['Exact', 'Prefix', 'ImplementationSpecific'],
						'ImplementationSpecific',
					),
					backend,
				},
			]
		: [];
}

function projectBackend(backend: WireOf<V1IngressBackend> | undefined): IngressBackend | undefined {
	const service = optionalRecord(backend?.['service']);
	if (service) {
		const port = record(service['port']);
		return {
			type: 'service',
			name: text(service['name']),
			port: {name: optionalText(port['name']) || undefined, number: optionalNumber(port['number'])},
		};
	}

	const resource = optionalRecord(backend?.['resource']);
	return (
		resource && {type: 'resource', resource: {kind: text(resource['kind']), name: text(resource['name'])}}
	);
}

export function projectIngressClass(wire: WireOf<V1IngressClass>): IngressClass {
	const meta = projectMeta(wire);
	const spec = record(wire['spec']);
	const parameters = record(spec['parameters']);
	return {
		...meta,
		controller: text(spec['controller']),
		parameters:
			text(parameters['name']) === ''
				? undefined
				: {kind: text(parameters['kind']), name: text(parameters['name'])},
		isDefault: meta.annotations['ingressclass.kubernetes.io/is-default-class'] === 'true',
	};
}
