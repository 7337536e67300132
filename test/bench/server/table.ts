import {record, type Wire} from '../../../source/projection/wire.ts';

/** What kubectl asks for: rows with the metadata of their objects (API concepts, "Receiving resources as Tables"). */
const columns = [
	'Name',
	'Ready',
	'Status',
	'Restarts',
	'Age',
	'IP',
	'Node',
	'Nominated Node',
	'Readiness Gates',
];

export function tableRow({metadata, status, spec}: Wire): Wire {
	const cells = [
		record(metadata)['name'],
		'2/2',
		'Running',
		'2 (5d ago)',
		'5d',
		record(status)['podIP'] ?? '<none>',
		record(spec)['nodeName'] ?? '<none>',
		'<none>',
		'<none>',
	];
	return {cells, object: {kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata}};
}

export function tableHead(metadata: Wire): string {
	const definitions = columns.map((name, index) => ({
		name,
		type: 'string',
		format: name === 'Name' ? 'name' : '',
		description: `${name} of the object`,
		priority: index > 4 ? 1 : 0,
	}));
	return JSON.stringify({
		kind: 'Table',
		apiVersion: 'meta.k8s.io/v1',
		metadata,
		columnDefinitions: definitions,
		rows: [],
	}).slice(0, -2);
}
