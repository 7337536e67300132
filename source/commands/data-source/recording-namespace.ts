import type {Recording} from '../../feeds/recording/read-recording.ts';
import type {Flags} from '../flags/flags.ts';

/** The namespace to look at in a recording; undefined: all. Where one was recorded alone, the others would look empty. */
export function recordingNamespace({header}: Recording, {namespace}: Flags): string | undefined {
	return namespace ?? header.metadata.namespace;
}
