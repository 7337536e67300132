import {withoutUser} from '../../model/safe-text/hide.ts';
import type {Kind} from '../../model/kinds.ts';
import {projectWords} from '../../projection/workloads/command-line.ts';
import {keptEnv, withoutQuery} from '../../projection/workloads/container.ts';
import {project} from '../../projection/project.ts';
import type {Wire} from '../../projection/wire.ts';

/** What a projection reads of a value: by field, or all of it. */
type Reads = Map<string, Reads>;

/**
A wire object with the fields that its projection reads, and no others: what a dump needs. A text stays only where the model
has it as it stands, or where it can be no secret: what projections cut (arguments, URLs, documents) is cut here as well.
*/
export function keptWire(kind: Kind, wire: Wire): Wire {
	const reads: Reads = new Map();
	const model = project(kind, watched(wire, reads) as Wire);
	const kept = textsOf(model);
	const pruned = (prune(wire, reads, (text) => kept.has(text)) ?? {}) as Wire;
	const {apiVersion, kind: apiKind} = wire;
	const metadata = {
		...(pruned['metadata'] as object),
		annotations: {...model.annotations, ...argsOf(model), ...hostsOf(model)},
	};
	// The documents of a ConfigMap are kept by line.
	const documents = 'data' in model ? {data: model.data} : {};
	return {...pruned, apiVersion, kind: apiKind, metadata, ...documents};
}

/** How a node was started: the words that the model keeps, as k3s writes them. */
function argsOf(model: ReturnType<typeof project>): Readonly<Record<string, string>> {
	return 'nodeArgs' in model && model.nodeArgs ? {'k3s.io/node-args': JSON.stringify(model.nodeArgs)} : {};
}

/** The hosts of its certificate are all that is kept of the annotations of a Secret. */
function hostsOf(model: ReturnType<typeof project>): Readonly<Record<string, string>> {
	return 'certificateHosts' in model && model.certificateHosts
		? {'cert-manager.io/alt-names': model.certificateHosts.join(',')}
		: {};
}

/** The same value, wrapped so that it notes which fields are read. */
function watched(value: unknown, reads: Reads): unknown {
	if (typeof value !== 'object' || value === null) {
		return value;
	}

	return new Proxy(value, {
		get(target, key) {
			const item: unknown = Reflect.get(target, key);
			if (typeof key === 'symbol' || typeof item === 'function' || !Object.hasOwn(target, key)) {
				return item;
			}

			const below = reads.get(key) ?? new Map<string, Reads>();
			reads.set(key, below);
			return watched(item, below);
		},
	});
}

function textsOf(value: unknown, found = new Set<string>()): ReadonlySet<string> {
	if (typeof value === 'string') {
		found.add(value);
	} else if (typeof value === 'object' && value !== null) {
		Object.values(value).forEach((item) => textsOf(item, found));
	}

	return found;
}

/** Fields that the model holds as a number, a boolean or another word: their values are words of the API. */
const isWord =
	/^(?:restartPolicy|status|type|kind|protocol|operator|effect|phase|reason|action|\w+Action|advertisementType|addresses|controller|.*Policy|.*Time|.*Timestamp|.*At|cidr|group|apiVersion)$/u;

type IsKept = (text: string) => boolean;

/** A URL or path as projections cut it, where the model has that. */
function cutAddress(text: string, isKept: IsKept): string | undefined {
	const cut = withoutQuery(withoutUser(text));
	return cut !== '' && isKept(cut) ? cut : undefined;
}

function prune(value: unknown, reads: Reads, isKept: IsKept, key = ''): unknown {
	if (typeof value === 'string') {
		const isWhole = isKept(value) || value === '*' || (isWord.test(key) && /^[\w.:/+-]{1,64}$/u.test(value));
		return isWhole ? value : cutAddress(value, isKept);
	}

	if (key === 'command' || key === 'args') {
		return projectWords(value);
	}

	if (key === 'env') {
		return keptEnv(value);
	}

	if (Array.isArray(value)) {
		return value.map((item, at) => prune(item, reads.get(String(at)) ?? new Map(), isKept, key) ?? null);
	}

	if (typeof value !== 'object' || value === null) {
		return value;
	}

	const entries = [...reads].map(
		([name, below]) => [name, prune((value as Wire)[name], below, isKept, name)] as const,
	);
	return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
}
