import type {ExposureType} from '../../rules/kube-proxy/exposure-type.ts';
import type {Service} from '../../model/services/service.ts';
import type {Finding} from '../finding.ts';
import type {Path} from '../report.ts';
import type {Target} from '../target.ts';
import type {WalkContext} from './context.ts';
import {verdictOrder} from '../hop.ts';
import {walkService} from './targets/walk-service.ts';

/**
The sides of a Service that lead in from outside, for a target that says nothing of where the client is. A side is left out
where it is well, or where its only trouble is one that the paths from inside tell already.
*/
export function outsidePaths(context: WalkContext, target: Target, inside: readonly Path[]): readonly Path[] {
	if (target.kind !== 'service') {
		return [];
	}

	const namespace = target.namespace ?? context.namespace ?? 'default';
	const service = context.snapshot.get('Service', namespace, target.name);
	const told = new Set(inside.flatMap(troubles).map(textOf));
	const worst = Math.min(...inside.map(({verdict}) => verdictOrder.indexOf(verdict)));
	return outsideOf(service).flatMap((exposureType) =>
		walkService({...context, from: {kind: 'external'}, exposureType}, target)
			.filter(
				(path) =>
					path.verdict !== 'ok' &&
					(verdictOrder.indexOf(path.verdict) < worst ||
						troubles(path).some((each) => !told.has(textOf(each)))),
			)
			.map((path) => ({...path, title: `${path.title} by ${words[exposureType]}`, from: {kind: 'external'}})),
	);
}

/** In a list a Service is shown by its sides that are not well: the well ones are left out. */
export function withoutWellSides(paths: readonly Path[]): readonly Path[] {
	const isOneSided = paths.some(({from, verdict}) => from?.kind === 'external' && verdict !== 'ok');
	return isOneSided ? paths.filter(({verdict}) => verdict !== 'ok') : paths;
}

const words: Readonly<Record<ExposureType, string>> = {
	'cluster-ip': 'cluster IP',
	'node-port': 'node port',
	'load-balancer': 'load balancer',
	'external-ip': 'external IP',
};

/** The sides of a Service that lead in from outside. Node ports of a load balancer are part of it: what is wrong with them is said there. */
export function outsideOf(service: Service | undefined): readonly ExposureType[] {
	const byType = {
		LoadBalancer: ['load-balancer'],
		NodePort: ['node-port'],
		ClusterIP: [],
		ExternalName: [],
	} as const satisfies Record<Service['type'], readonly ExposureType[]>;
	return !service || service.type === 'ExternalName'
		? []
		: [...byType[service.type], ...(service.externalIPs.length > 0 ? (['external-ip'] as const) : [])];
}

function troubles({hops}: Path): readonly Finding[] {
	return hops.flatMap(({findings}) =>
		findings.filter(({severity, undecided}) => severity !== 'info' || undecided),
	);
}

function textOf({code, message}: Finding): string {
	return `${code} ${message}`;
}
