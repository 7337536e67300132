import type {ForeignRoute} from '../../model/routes/foreign-route.ts';
import {projectMeta} from '../meta.ts';
import {list, optionalText, record, texts, type Wire} from '../wire.ts';

/** By the field of `spec` in which a kind of router names its hosts. */
const hostsIn = {
	host: (spec: Wire) => [optionalText(spec['host']) ?? ''],
	hosts: (spec: Wire) => texts(spec['hosts']),
	'rules[].hosts': (spec: Wire) => list(spec['rules']).flatMap((item) => texts(record(item)['hosts'])),
	'rules[].host': (spec: Wire) => list(spec['rules']).map((item) => optionalText(record(item)['host']) ?? ''),
	'virtualHost.domains': (spec: Wire) => texts(record(spec['virtualHost'])['domains']),
	hostname: (spec: Wire) => [optionalText(spec['hostname']) ?? optionalText(spec['host']) ?? ''],
	'http[].match.hosts': (spec: Wire) =>
		list(spec['http']).flatMap((item) => texts(record(record(item)['match'])['hosts'])),
} as const satisfies Record<string, (spec: Wire) => readonly string[]>;

export function projectForeignRoute(field: keyof typeof hostsIn): (wire: Wire) => ForeignRoute {
	return (wire) => ({
		...projectMeta(wire),
		hosts: hostsIn[field](record(wire['spec'])).map((host) => (host === '*' ? '' : host)),
	});
}
