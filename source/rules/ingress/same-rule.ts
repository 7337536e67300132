import type {IngressBackend} from '../../model/routes/ingress.ts';
import type {RuleRef} from './decision.ts';

export function sameRule(a: RuleRef | undefined, b: RuleRef | undefined): boolean {
	return (
		a !== undefined &&
		a.ingress.namespace === b?.ingress.namespace &&
		a.ingress.name === b.ingress.name &&
		a.rule === b.rule &&
		a.path === b.path &&
		sameBackend(a.backend, b.backend)
	);
}

function sameBackend(a: IngressBackend, b: IngressBackend): boolean {
	if (a.type === 'resource' || b.type === 'resource') {
		return (
			a.type === b.type &&
			a.type === 'resource' &&
			b.type === 'resource' &&
			a.resource.kind === b.resource.kind &&
			a.resource.name === b.resource.name
		);
	}

	return a.name === b.name && a.port.name === b.port.name && a.port.number === b.port.number;
}
