import {record} from '../../../projection/wire.ts';
import {decode} from './decode.ts';
import {withoutMagic} from './head.ts';
import {readBeginning} from '../../transport/body.ts';
import {mediaType} from './media-type.ts';

const maximumBytes = 256 * 1024;

/** Whether an answer is in protobuf: a refusal comes in the format that was asked for. */
export function isProtobuf(headers: Readonly<Record<string, string>>): boolean {
	return headers['content-type']?.startsWith(mediaType) === true;
}

/** A `Status` in protobuf as the JSON text it would have been; '' when it is none. */
export async function readStatusText(body: AsyncIterable<Uint8Array>): Promise<string> {
	return statusText(await readBeginning(body, maximumBytes));
}

function statusText(bytes: Uint8Array): string {
	try {
		const {typeMeta, raw} = decode('Unknown', withoutMagic(bytes));
		return JSON.stringify({...record(typeMeta), ...decode('Status', raw as Uint8Array)});
	} catch {
		return '';
	}
}
