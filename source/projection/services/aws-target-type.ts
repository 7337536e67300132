import type {IngressClassParams, TargetGroupConfiguration} from '../../model/services/aws-target-type.ts';
import {projectMeta} from '../meta.ts';
import {list, optionalText, record, text, type Wire} from '../wire.ts';

export function projectIngressClassParams(wire: Wire): IngressClassParams {
	return {...projectMeta(wire), targetType: optionalText(record(wire['spec'])['targetType'])};
}

export function projectTargetGroupConfiguration(wire: Wire): TargetGroupConfiguration {
	const spec = record(wire['spec']);
	return {
		...projectMeta(wire),
		service: text(record(spec['targetReference'])['name']),
		targetType: optionalText(record(spec['defaultConfiguration'])['targetType']),
		routes: list(spec['routeConfigurations']).map((item) => {
			const {routeIdentifier, targetGroupProps} = record(item);
			const {kind, namespace, name} = record(routeIdentifier);
			return {
				kind: text(kind),
				namespace: text(namespace),
				name: text(name),
				targetType: optionalText(record(targetGroupProps)['targetType']),
			};
		}),
	};
}
