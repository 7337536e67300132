import type {RouteFilter} from '../../model/routes/gateway.ts';

type Header = {readonly name: string; readonly value: string};

/**
The headers after RequestHeaderModifier filters: `set` replaces, `add` appends to what is there, `remove` drops; names ignore
case (apis/v1 HTTPHeaderFilter). Values of one name are joined with a comma.
*/
export function modifiedHeaders(
	headers: readonly Header[],
	filters: readonly RouteFilter[],
): readonly Header[] {
	return filters.reduce<readonly Header[]>((current, filter) => {
		if (filter.type !== 'RequestHeaderModifier') {
			return current;
		}

		const {set, add, remove} = filter;
		const kept = current.filter(({name}) => !remove.some((removed) => isSame(removed, name)));
		return add.reduce(append, set.reduce(replace, kept));
	}, headers);
}

function isSame(left: string, right: string): boolean {
	return left.toLowerCase() === right.toLowerCase();
}

function replace(headers: readonly Header[], {name, value}: Header): readonly Header[] {
	return [...headers.filter((header) => !isSame(header.name, name)), {name, value}];
}

function append(headers: readonly Header[], {name, value}: Header): readonly Header[] {
	const held = headers.find((header) => isSame(header.name, name));
	return held
		? replace(headers, {name: held.name, value: `${held.value},${value}`})
		: [...headers, {name, value}];
}
