import type {V1Namespace} from '@kubernetes/client-node';
import type {Namespace} from '../../model/workloads/namespace.ts';
import {projectMeta} from '../meta.ts';
import {record, text, type WireOf} from '../wire.ts';

export function projectNamespace(wire: WireOf<V1Namespace>): Namespace {
	return {...projectMeta(wire), phase: text(record(wire['status'])['phase'])};
}
