import type {Kind} from '../../model/kinds.ts';
import {optionalRecord, type Wire} from '../../projection/wire.ts';

/** A manifest that the API server would refuse. What a projection makes of it is not what its author meant. */
export class Malformed extends Error {}

type Form = 'list' | 'map';

/** Fields that decide what an object means, and the form that the API gives them. */
const forms: Readonly<Partial<Record<Kind, Readonly<Record<string, Form>>>>> = {
	Service: {'spec.ports': 'list', 'spec.selector': 'map'},
	Ingress: {'spec.rules': 'list', 'spec.tls': 'list'},
	EndpointSlice: {endpoints: 'list', ports: 'list'},
	Pod: {'spec.containers': 'list', 'metadata.labels': 'map'},
	Deployment: {'spec.template': 'map'},
	StatefulSet: {'spec.template': 'map'},
	DaemonSet: {'spec.template': 'map'},
	Gateway: {'spec.listeners': 'list'},
	HTTPRoute: {'spec.parentRefs': 'list', 'spec.hostnames': 'list', 'spec.rules': 'list'},
	NetworkPolicy: {'spec.podSelector': 'map', 'spec.ingress': 'list', 'spec.egress': 'list'},
};

/** Throws `Malformed`, with a sentence that quotes nothing of the object. */
export function verifyForms(kind: Kind, wire: Wire): void {
	for (const [path, form] of Object.entries({metadata: 'map', spec: 'map', ...forms[kind]})) {
		const value = valueAt(wire, path);
		if (value !== undefined && value !== null && !hasForm(value, form)) {
			throw new Malformed(`${path} of a ${kind} is no ${form}`);
		}
	}
}

function valueAt(wire: Wire, path: string): unknown {
	return path.split('.').reduce<unknown>((value, key) => optionalRecord(value)?.[key], wire);
}

function hasForm(value: unknown, form: string): boolean {
	return form === 'list' ? Array.isArray(value) : optionalRecord(value) !== undefined;
}
