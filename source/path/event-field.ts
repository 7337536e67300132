import type {EventObject} from '../model/workloads/event-object.ts';
import {objectField, type EvidenceField} from './finding.ts';

/** What an Event says. The message is `note` in events.k8s.io/v1; kubectl shows core/v1. */
export function eventField({namespace, name, message}: EventObject): EvidenceField {
	return objectField({kind: 'Event', namespace, name}, 'message', message.trim());
}

/** Its words, without the mark of an Event that stands for several (client-go, tools/record/events_cache.go). */
export function eventText({message}: EventObject): string {
	return message.trim().replace(/^\(combined from similar events\): /, '');
}
