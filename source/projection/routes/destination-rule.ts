import type {DestinationRule} from '../../model/routes/istio.ts';
import {projectMeta} from '../meta.ts';
import {
	list,
	number,
	optionalRecord,
	optionalText,
	record,
	records,
	text,
	textMap,
	texts,
	type Wire,
} from '../wire.ts';

export function projectDestinationRule(wire: Wire): DestinationRule {
	const spec = record(wire['spec']);
	const policy = record(spec['trafficPolicy']);
	const selector = optionalRecord(record(spec['workloadSelector'])['matchLabels']);
	return {
		...projectMeta(wire),
		host: text(spec['host']),
		exportTo: texts(spec['exportTo']),
		workloadSelector: selector && textMap(selector),
		tlsMode: tlsMode(policy),
		portTls: portTls(policy),
		mayUseHttp2: [policy, ...list(policy['portLevelSettings']).map(record), ...subsetPolicies(spec)].some(
			usesHttp2,
		),
		subsets: records(spec['subsets']).map((subset) => ({
			name: text(subset['name']),
			labels: textMap(subset['labels']),
			tlsMode: tlsMode(record(subset['trafficPolicy'])),
		})),
	};
}

function subsetPolicies(spec: Wire): readonly Wire[] {
	return records(spec['subsets']).map((subset) => record(subset['trafficPolicy']));
}

function usesHttp2(policy: Wire): boolean {
	const http = record(record(policy['connectionPool'])['http']);
	return http['h2UpgradePolicy'] === 'UPGRADE' || http['useClientProtocol'] === true;
}

function tlsMode(policy: Wire): string | undefined {
	return optionalText(record(policy['tls'])['mode']);
}

function portTls(policy: Wire): DestinationRule['portTls'] {
	const entries = list(policy['portLevelSettings']).flatMap((item) => {
		const settings = record(item);
		const mode = tlsMode(settings);
		return mode === undefined ? [] : [[number(record(settings['port'])['number']), mode] as const];
	});
	return Object.fromEntries(entries);
}
