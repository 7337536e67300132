import type {Namespace} from '../model/namespace.ts';
import {projectMeta} from './meta.ts';
import {record, text, type Wire} from './wire.ts';

export function projectNamespace(wire: Wire): Namespace {
	return {...projectMeta(wire), phase: text(record(wire['status'])['phase'])};
}
