import {withInferredSlices} from '../../rules/endpoint-slices/inferred-slices.ts';
import type {Reader} from '../../store/store-types.ts';

/** What a file tells of a cluster, with what follows from it. */
export function readingFile(reader: Reader): Reader {
	return {...reader, snapshot: (now) => withInferredSlices(reader.snapshot(now))};
}
