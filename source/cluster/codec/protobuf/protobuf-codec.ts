import {maximumItem, type Codec} from '../codec.ts';
import {jsonCodec} from '../json-codec.ts';
import {createListDecoder} from './list-decoder.ts';
import {mediaType} from './media-type.ts';
import {createWatchDecoder} from './watch-decoder.ts';

/**
Protobuf of one built-in kind: less than half of JSON's time, since fields nobody reads are passed over. A server that
has no protobuf answers in JSON.
*/
export function protobufCodec(kind: string): Codec {
	const isProtobuf = (contentType: string) => contentType.startsWith(mediaType);
	return {
		acceptList: `${mediaType},${jsonCodec.acceptList}`,
		acceptWatch: `${mediaType};stream=watch,${jsonCodec.acceptWatch}`,
		list: (contentType) =>
			isProtobuf(contentType) ? createListDecoder(kind, maximumItem) : jsonCodec.list(contentType),
		watch: (contentType) =>
			isProtobuf(contentType) ? createWatchDecoder(kind, maximumItem) : jsonCodec.watch(contentType),
	};
}
