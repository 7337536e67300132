import {hidden} from '../../model/safe-text/hide.ts';
import {isSecretName} from '../../model/safe-text/secret-names.ts';
import type {PathModifier, RouteFilter} from '../../model/routes/gateway.ts';
import {
	list,
	number,
	optionalNumber,
	optionalRecord,
	optionalText,
	record,
	text,
	texts,
	type Wire,
} from '../wire.ts';

export function projectFilter(filter: Wire): RouteFilter {
	const type = text(filter['type']);
	switch (type) {
		case 'RequestRedirect':
			return projectRedirect(record(filter['requestRedirect']));
		case 'URLRewrite': {
			const rewrite = record(filter['urlRewrite']);
			return {
				type,
				hostname: optionalText(rewrite['hostname']),
				path: projectModifier(optionalRecord(rewrite['path'])),
			};
		}

		case 'RequestHeaderModifier':
		case 'ResponseHeaderModifier':
			return projectHeaders(
				type,
				record(filter[type === 'RequestHeaderModifier' ? 'requestHeaderModifier' : 'responseHeaderModifier']),
			);
		case 'RequestMirror':
			return {type, backend: projectMirror(record(record(filter['requestMirror'])['backendRef']))};
		case 'ExtensionRef':
			return {type, ref: projectRef(record(filter['extensionRef']), '')};
		default:
			return {type: 'unknown', name: type};
	}
}

function projectRedirect(redirect: Wire): RouteFilter {
	return {
		type: 'RequestRedirect',
		scheme: optionalText(redirect['scheme']),
		hostname: optionalText(redirect['hostname']),
		path: projectModifier(optionalRecord(redirect['path'])),
		port: optionalNumber(redirect['port']),
		statusCode: number(redirect['statusCode'], 302),
	};
}

function projectModifier(path: Wire | undefined): PathModifier | undefined {
	switch (path?.['type']) {
		case 'ReplaceFullPath':
			return {type: 'ReplaceFullPath', value: text(path['replaceFullPath'])};
		case 'ReplacePrefixMatch':
			return {type: 'ReplacePrefixMatch', value: text(path['replacePrefixMatch'])};
		default:
			return undefined;
	}
}

function projectHeaders(
	type: 'RequestHeaderModifier' | 'ResponseHeaderModifier',
	headers: Wire,
): RouteFilter {
	const pairs = (value: unknown) =>
		list(value).map((item) => projectHeader(text(record(item)['name']), text(record(item)['value'])));
	return {type, set: pairs(headers['set']), add: pairs(headers['add']), remove: texts(headers['remove'])};
}

function projectMirror(ref: Wire) {
	return {...projectRef(ref, 'Service'), port: optionalNumber(ref['port'])};
}

function projectRef(ref: Wire, kind: string) {
	return {
		kind: optionalText(ref['kind']) ?? kind,
		namespace: optionalText(ref['namespace']),
		name: text(ref['name']),
	};
}

/** A header that a filter sets may be a credential; routes are not told apart by those. */
export function projectHeader(name: string, value: string) {
	return {name, value: isSecretName(name, 'header') ? hidden : value};
}
