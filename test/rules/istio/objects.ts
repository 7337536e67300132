import {load, loadAll} from 'js-yaml';
import type {HttpRequest} from '../../../source/model/request.ts';
import type {KindMap} from '../../../source/model/kind-map.ts';
import type {Kind} from '../../../source/model/kinds.ts';
import {project} from '../../../source/projection/project.ts';
import type {Wire} from '../../../source/projection/wire.ts';

/** All documents of one kind. */
export function objects<K extends Kind>(kind: K, yaml: string): readonly KindMap[K][] {
	return loadAll(yaml).map((wire) => project(kind, wire as Wire));
}

/** `GET https://host:port/path?a=b` with headers. */
export function request(
	url: string,
	{method = 'GET', headers = {}}: {readonly method?: string; readonly headers?: object} = {},
): HttpRequest {
	const {protocol, hostname, port, pathname, searchParams} = new URL(url);
	const scheme = protocol === 'https:' ? 'https' : 'http';
	return {
		scheme,
		host: hostname,
		port: port === '' ? (scheme === 'https' ? 443 : 80) : Number(port),
		urlPath: pathname,
		method,
		headers: Object.entries(headers).map(([name, value]) => ({name, value: String(value)})),
		query: [...searchParams].map(([name, value]) => ({name, value})),
	};
}

/** Spec of a VirtualService of gateway `gw` in `default`, with names that count up. */
export function virtualService(name: string, spec: string, metadata = ''): string {
	return `---
kind: VirtualService
metadata: {name: ${name}, namespace: default${metadata}}
spec: ${JSON.stringify(load(spec))}
`;
}
