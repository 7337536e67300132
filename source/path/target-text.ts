import {parseIp} from '../model/matching/ip.ts';
import {withoutSecrets} from '../model/safe-text/hide.ts';
import type {Target} from './target.ts';
import type {RequestedSource, RequestOptions} from '../model/request.ts';
import {isOtherType, isTargetKind, resourceNamed} from './object-names.ts';
import {type Parsed, parsePort, forms} from './target-forms.ts';
import {parseUrl} from './parse-url.ts';

/** Reads a TARGET as people type it (design §4). NAME may be NAMESPACE/NAME. */
export function parseTarget(text: string, options: RequestOptions = {}): Parsed<Target> {
	const trimmed = withSlash(text.trim());
	if (/^https?:\/\/\S*\s/iu.test(trimmed)) {
		return {problem: `"${withoutSecrets(text)}" has a blank`, next: 'Write %20 for a blank in a path.'};
	}

	if (trimmed === '' || /\s/u.test(trimmed)) {
		return {problem: `"${text}" is not a target`, next: `Give ${forms}.`};
	}

	return parseObject(trimmed) ?? parseAddress(trimmed) ?? parseUrl(trimmed, options);
}

/** kubectl's `TYPE NAME` is its `TYPE/NAME`. */
function withSlash(text: string): string {
	const [type = '', name = '', ...more] = text.split(/\s+/u);
	return name !== '' && more.length === 0 && isTargetKind(type) ? `${type}/${name}` : text;
}

const form = /^(?:(?<namespace>[^/:]+)\/)?(?<name>[^/:]+)(?::(?<port>[^/:]+))?$/u;

/** A port of a Service may be written with its protocol, as the list does: `53/UDP`. */
const serviceForm =
	/^(?:(?<namespace>[^/:]+)\/)?(?<name>[^/:]+)(?::(?<port>[^/:]+(?:\/(?:tcp|udp|sctp))?))?$/iu;

/** `TYPE/NAME`, `TYPE/NAMESPACE/NAME`; kubectl's `TYPE NAME` comes here with a slash. */
function parseObject(text: string): Parsed<Target> | undefined {
	const [prefix = '', ...rest] = text.split('/');
	const resource = resourceNamed(prefix);
	if (rest.length === 1 && resource?.kind === 'node') {
		return parseNode(text, rest[0] ?? '');
	}

	if (rest.length > 0 && isOtherType(prefix)) {
		return {problem: `"${text}" cannot be traced: no request goes to ${prefix}`, next: `Give ${forms}.`};
	}

	if (!resource || resource.kind === 'node' || rest.length === 0) {
		return undefined;
	}

	const {kind, workload, router} = resource;
	const {namespace, name, port} =
		(kind === 'service' ? serviceForm : form).exec(rest.join('/'))?.groups ?? {};
	if (!name) {
		return {problem: `"${text}" is not a target`, next: `Write ${prefix}/NAME or ${prefix}/NAMESPACE/NAME.`};
	}

	if (kind === 'service' || kind === 'pod' || kind === 'workload') {
		return parsePort(port, text, (value) => ({kind, text, namespace, name, port: value, workload}) as Target);
	}

	return port === undefined
		? {value: {kind, text, namespace, name, router} as Target}
		: {problem: `"${text}" has a port, which ${prefix}/ does not take`, next: `Write ${prefix}/${name}.`};
}

/** `node/NAME:PORT` is a port at the node's own address. */
function parseNode(text: string, rest: string): Parsed<Target> {
	const {node = '', port} = /^(?<node>[^/:]+):(?<port>\d+)$/u.exec(rest)?.groups ?? {};
	return port === undefined
		? {problem: `"${text}" names no port`, next: 'Write node/NAME:PORT, such as a node port or a host port.'}
		: parsePort(port, text, (value) => ({kind: 'address', text, ip: '', port: Number(value), node}));
}

function parseAddress(text: string): Parsed<Target> | undefined {
	const match = /^(?:\[(?<six>[0-9a-f:.]+)\]|(?<four>\d{1,3}(?:\.\d{1,3}){3})):(?<port>\d+)$/iu.exec(text);
	const ip = match?.groups?.['six'] ?? match?.groups?.['four'];
	if (ip === undefined) {
		return undefined;
	}

	return parseIp(ip) === undefined
		? {problem: `"${text}" has no IP address`, next: 'Write IP:PORT, such as 10.96.0.1:443 or [fd00::1]:443.'}
		: parsePort(match?.groups?.['port'], text, (port) => ({
				kind: 'address',
				text,
				ip: ip.toLowerCase(),
				port: Number(port),
			}));
}

/** Reads `--from`: external[:IP], node/NAME, or a pod or workload as TYPE/[NAMESPACE/]NAME. */
export function parseSource(text: string, namespace: string): Parsed<RequestedSource> {
	const external = /^external(?::(?<ip>[0-9a-f.:]+))?$/iu.exec(text);
	if (external) {
		const ip = external.groups?.['ip'];
		return ip === undefined || parseIp(ip)
			? {value: {kind: 'external', ip}}
			: {problem: `${text} has no IP address`, next: 'Write external:198.51.100.7, or external alone.'};
	}

	const {
		type = '',
		place,
		name = '',
	} = /^(?<type>[^/:]+)\/(?:(?<place>[^/:]+)\/)?(?<name>[^/:]+)$/u.exec(text)?.groups ?? {};
	const {kind, workload} = resourceNamed(type) ?? {};
	if (kind === 'pod') {
		return {value: {kind, namespace: place ?? namespace, name}};
	}

	if (kind === 'workload' && workload) {
		return {value: {kind, workload, namespace: place ?? namespace, name}};
	}

	return kind === 'node' && place === undefined
		? {value: {kind, name}}
		: {
				problem: `${text} is not a source`,
				next: 'Give external, external:IP, pod/[NAMESPACE/]NAME, deploy/[NAMESPACE/]NAME or node/NAME.',
			};
}
