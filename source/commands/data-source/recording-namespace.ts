import type {Recording} from '../../feeds/recording/read-recording.ts';
import type {Flags} from '../flags/flags.ts';

/** The namespace to look at in a recording; undefined: all. Where one was recorded alone, the others would look empty. */
export function recordingNamespace(
	{header}: Recording,
	{namespace, allNamespaces}: Flags,
): string | undefined {
	return namespace ?? (allNamespaces ? undefined : header.metadata.namespace);
}
