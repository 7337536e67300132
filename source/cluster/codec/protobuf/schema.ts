import {messages} from './messages.ts';

/** How the value of a field is read. */
type FieldType =
	| 'text'
	| 'int'
	| 'bool'
	| 'bytes'
	| 'time'
	| 'map'
	| 'quantities'
	| 'IntOrString'
	| 'message';

export type Field = {
	readonly name: string;
	readonly type: FieldType;
	/** Of a `message`. */
	readonly message: Message | undefined;
	readonly isRepeated: boolean;
	/** The fields of the message are laid into this one. */
	readonly isInline: boolean;
	readonly keepsZero: boolean;
};

/** Fields by number, with holes where nothing is read. */
export type Message = {readonly fields: readonly (Field | undefined)[]};

type MessageOf = (name: string) => Message;

/** The messages of a table, each compiled on first use. */
export function createSchema(table: Readonly<Record<string, string>>): MessageOf {
	const compiled = new Map<string, Message>();
	const messageOf = (name: string): Message => {
		const found = compiled.get(name);
		if (found) {
			return found;
		}

		const text = table[name];
		if (text === undefined) {
			throw new Error(`There is no message ${name}.`);
		}

		const fields: Field[] = [];
		const message: Message = {fields};
		compiled.set(name, message);
		for (const entry of text.split(',').filter(Boolean)) {
			const [number = '', field = ''] = entry.trim().split(' ');
			fields[Number(number)] = compile(field, messageOf);
		}

		return message;
	};

	return messageOf;
}

/** What a decoder reads. */
export const messageOf = createSchema(messages);

const simple: ReadonlySet<string> = new Set([
	'text',
	'int',
	'bool',
	'bytes',
	'time',
	'map',
	'quantities',
	'IntOrString',
]);

function compile(text: string, messageOf: MessageOf): Field {
	const [name = '', rest = 'text'] = text.split(':');
	const [, inline, type = '', repeated, keeps] = /^(\+?)(\w+)(\[\])?(\?)?$/u.exec(rest) ?? [];
	const isSimple = simple.has(type);
	return {
		name,
		type: isSimple ? (type as FieldType) : 'message',
		message: isSimple ? undefined : messageOf(type),
		isRepeated: repeated !== undefined,
		isInline: inline === '+',
		keepsZero: keeps !== undefined,
	};
}
