import type {EntryRow} from '../../session/state.ts';
import type {Model} from '../model.ts';

/** Entries that lead to what is looked at: by their rules, or because they name the same Service. */
export function usersOf({trace, path, session}: Model): readonly EntryRow[] {
	const places = (trace?.routedBy ?? []).map((text) => text.replace(/ \(.*$/u, ''));
	const service = path?.hops.find(({kind}) => kind === 'service')?.subject;
	return session.entries.filter(
		({title, subject}) =>
			places.includes(title) ||
			(service !== undefined &&
				subject.kind === service.kind &&
				subject.namespace === service.namespace &&
				subject.name === service.name),
	);
}
