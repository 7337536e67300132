/*
A third of a packed Node is data of ICU for Intl in all languages, and converters of old encodings. knet prints English, reads
UTF-8 and asks Intl for one thing: where a character ends (Intl.Segmenter). The rest is emptied, as in a Node built with
small-icu, so that an archive is smaller; the file keeps its length.
The format is that of ICU's common data: a header of UDataInfo with the format CmnD, then UDataOffsetTOC (icu4c, ucmndata.h).
*/

const format = Buffer.from('CmnD');
const formatOffset = 12;
const magic = Buffer.from([0xda, 0x27]);
const entrySize = 8;

type Item = {readonly name: string; readonly nameAt: number; readonly dataAt: number};

/** Empties what knet does not need of the ICU data inside of a Node, in place. Returns how many bytes are zeros now. */
export function leanIcu(node: Buffer): number {
	const at = icuHeader(node);
	if (at === undefined) {
		return 0;
	}

	const base = at + node.readUInt16LE(at);
	const items = itemsOf(node, base);
	const kept = items.filter(({name}) => isNeeded(name));
	node.writeUInt32LE(kept.length, base);
	for (const [index, {nameAt, dataAt}] of kept.entries()) {
		node.writeUInt32LE(nameAt, base + 4 + index * entrySize);
		node.writeUInt32LE(dataAt, base + 8 + index * entrySize);
	}

	let emptied = 0;
	for (const [index, {name, dataAt}] of items.entries()) {
		// Where the last one ends is not written anywhere.
		const end = items[index + 1]?.dataAt ?? dataAt;
		if (!isNeeded(name)) {
			node.fill(0, base + dataAt, base + end);
			emptied += end - dataAt;
		}
	}

	return emptied;
}

function icuHeader(node: Buffer): number | undefined {
	let found = node.indexOf(format, formatOffset);
	while (found !== -1) {
		const at = found - formatOffset;
		if (node.subarray(at + 2, at + 4).equals(magic)) {
			return at;
		}

		found = node.indexOf(format, found + 1);
	}

	return undefined;
}

function itemsOf(node: Buffer, base: number): readonly Item[] {
	return Array.from({length: node.readUInt32LE(base)}, (_, index) => {
		const entry = base + 4 + index * entrySize;
		const nameAt = node.readUInt32LE(entry);
		const name = node.toString('latin1', base + nameAt, node.indexOf(0, base + nameAt));
		return {name, nameAt, dataAt: node.readUInt32LE(entry + 4)};
	});
}

/** Not needed: converters, dictionaries of words, and the resources of a language (`zone/pt_BR.res`) other than English. */
function isNeeded(path: string): boolean {
	const name = path.slice(path.lastIndexOf('/') + 1);
	const language = /^(?<language>[a-z]{2,3}(?:_\w*)?)\.res$/u.exec(name)?.groups?.['language'];
	return language === undefined ? !/\.(?:cnv|dict)$/u.test(name) : /^en(?:_US(?:_POSIX)?)?$/u.test(language);
}
