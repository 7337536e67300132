import type {TargetGroupBinding} from '../../model/services/target-group-binding.ts';
import {projectMeta} from '../meta.ts';
import {intOrString, optionalText, record, text, type Wire} from '../wire.ts';

export function projectTargetGroupBinding(wire: Wire): TargetGroupBinding {
	const spec = record(wire['spec']);
	const service = record(spec['serviceRef']);
	return {
		...projectMeta(wire),
		service: text(service['name']),
		port: intOrString(service['port']) || undefined,
		targetType: optionalText(spec['targetType']),
	};
}
