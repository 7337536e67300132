import type {RequestPolicy} from '../../model/routes/request-policy.ts';
import {projectMeta} from '../meta.ts';
import {optionalNumber, optionalText, record, text, texts, type Wire} from '../wire.ts';

/** Source: Kong/kubernetes-configuration, api/configuration/v1, KongPlugin; kong/plugins/ip-restriction and request-termination, schema.lua. */
export function projectKongPlugin(wire: Wire): RequestPolicy {
	const config = record(wire['config']);
	const list = (...names: readonly string[]): readonly string[] =>
		names.flatMap((name) => texts(config[name]));
	return {
		...projectMeta(wire),
		type: text(wire['plugin']),
		isDisabled: wire['disabled'] === true,
		allowed: list('allow', 'whitelist'),
		denied: list('deny', 'blacklist'),
		status: optionalNumber(config['status_code']) ?? optionalNumber(config['status']),
		trigger: optionalText(config['trigger']),
		isPartlySecret: wire['configFrom'] !== undefined || wire['configPatches'] !== undefined,
	};
}

/** Source: nginx/kubernetes-ingress 5.5, pkg/apis/configuration/v1/types.go, PolicySpec: one part of it. */
export function projectNginxPolicy(wire: Wire): RequestPolicy {
	const spec = record(wire['spec']);
	const [type = ''] = Object.keys(spec).filter((key) => key !== 'ingressClassName' && spec[key] !== null);
	const {allow, deny} = record(spec['accessControl']);
	return {
		...projectMeta(wire),
		type: text(type),
		isDisabled: false,
		allowed: texts(allow),
		denied: texts(deny),
		isPartlySecret: false,
	};
}
