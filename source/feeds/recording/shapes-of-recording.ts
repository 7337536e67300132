import {addressesIn, projectWords} from '../../projection/workloads/command-line.ts';
import {keptData} from '../../projection/settings/config-map.ts';
import {keptArgs, withoutQuery} from '../../projection/workloads/container.ts';
import {keptAnnotations} from '../../projection/meta.ts';
import {verbatim} from '../../projection/wire.ts';
import {projectHeader} from '../../projection/routes/route-filter.ts';
import type {RecordingHeader, RecordingLine} from './recording.ts';
import {readersOf, type Exceptions, type Read, type Shapes} from './shape.ts';
import shapes from './shapes.json' with {type: 'json'};

const words = after(projectWords);

const headers = after((items: readonly {readonly name: string; readonly value: string}[]) =>
	items.map(({name, value}) => projectHeader(name, value)),
);

const asWritten = () => verbatim;

/** What a projection keeps only a part of, or as it is written. */
const exceptions: Exceptions = {
	'*.annotations': after(keptAnnotations),
	'SecretMeta.annotations': () => () => ({}),
	// Its texts have lines, which would be taken from plain text.
	'ConfigMap.data': () => keptData,
	'Container.command': words,
	'Container.args': after(keptArgs),
	'Container.envAddresses': after((found: readonly {readonly value: string}[]) =>
		found.filter(({value}) => addressesIn(value)[0] === value),
	),
	'Node.nodeArgs': words,
	'Probe.path': after(withoutQuery),
	'RouteFilter.set': headers,
	'RouteFilter.add': headers,
	'IngressPath.path': asWritten,
	'NamedMatch.value': asWritten,
	'OpenShiftRoute.path': asWritten,
	'ProxyCondition.exact': asWritten,
	'ProxyCondition.prefix': asWritten,
	'ProxyCondition.regex': asWritten,
	'RouteMatch.value': asWritten,
	'StringMatch.value': asWritten,
	'TraefikRoute.match': asWritten,
	'ValueCondition.value': asWritten,
	'ValueMatch.value': asWritten,
};

/** Keeps less than the shape: `keep` gets a value of that shape. */
function after(keep: (value: never) => unknown): (read: Read) => Read {
	return (read) => (value) => keep(read(value) as never);
}

const readers = readersOf(shapes as unknown as Shapes, exceptions);

export const readHeader = readers('RecordingHeader') as (value: unknown) => RecordingHeader;

/** A line of a recording, as if it had been projected just now: others may have written it. */
export const readLine = readers('RecordingLine') as (value: unknown) => RecordingLine;
