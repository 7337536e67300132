import * as clientNode from '@kubernetes/client-node';
import {expect, test} from 'vitest';
import {messages} from '../../source/cluster/codec/protobuf/messages.ts';

type Attribute = {readonly baseName: string; readonly type: string};
type Model = {getAttributeTypeMap?(): readonly Attribute[]};

/** Messages that JSON does not have: parts of the wire format, and what JSON writes as one value. */
const wireOnly = new Set([
	'TypeMeta',
	'Unknown',
	'RawExtension',
	'WatchEvent',
	'Timestamp',
	'MapEntry',
	'IntOrStringParts',
	'QuantityEntry',
	'Quantity',
	'ProbeHandler',
	'VolumeSource',
	'IngressRuleValue',
]);

/** Where the OpenAPI document has another name, or knet two messages for one: what it reads differs. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
	Event: ['CoreV1Event'],
	Endpoint: ['V1Endpoint'],
	EndpointPort: ['DiscoveryV1EndpointPort'],
	EventSeries: ['CoreV1EventSeries'],
	Named: ['V1ForZone', 'V1ForNode', 'V1ConfigMapVolumeSource'],
	MountingContainer: ['V1Container'],
	TemplatePodSpec: ['V1PodSpec'],
	PlacedPodTemplateSpec: ['V1PodTemplateSpec'],
	PlacedPodSpec: ['V1PodSpec'],
};

function modelsOf(message: string): readonly Model[] {
	return (otherNames[message] ?? [`V1${message}`]).map((name) => {
		const model = (clientNode as unknown as Readonly<Record<string, Model>>)[name];
		return model ?? {};
	});
}

/** Names of the fields, with those of messages that are laid into this one. */
function fieldsOf(message: string): readonly string[] {
	return (messages[message] ?? '')
		.split(',')
		.filter(Boolean)
		.flatMap((entry) => {
			const [, field = ''] = entry.trim().split(' ');
			const [name = '', type = ''] = field.split(':');
			return type.startsWith('+') ? fieldsOf(type.slice(1)) : [name];
		});
}

test.each(Object.keys(messages).filter((name) => !wireOnly.has(name)))(
	'%s has the field names of the OpenAPI document',
	(message) => {
		for (const model of modelsOf(message)) {
			const known = model.getAttributeTypeMap?.().map(({baseName}) => baseName) ?? [];
			expect(fieldsOf(message).filter((name) => !known.includes(name))).toEqual([]);
			expect(known.length).toBeGreaterThan(0);
		}
	},
);
