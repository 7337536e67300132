import {themes} from './config.ts';

const text = {type: 'string', minLength: 1};

/** What `config.yaml` may hold, as JSON Schema: for editors, and for `knet info schema`. */
export const configSchema = {
	$schema: 'https://json-schema.org/draft/2020-12/schema',
	title: 'Configuration of knet: $XDG_CONFIG_HOME/knet/config.yaml',
	type: ['object', 'null'],
	additionalProperties: false,
	properties: {
		theme: {enum: themes},
		namespace: {description: 'The namespace where none is named.', ...text},
		from: {description: 'From where requests start, as --from has it.', ...text},
		favourites: {description: 'Targets at hand.', type: 'array', items: text},
		keys: {
			description: "Keys of the explorer's commands: COMMAND: KEY, or a list of keys.",
			type: 'object',
			additionalProperties: {anyOf: [text, {type: 'array', items: text}]},
		},
		ignore: {
			description: 'Findings that are known and not told.',
			type: 'array',
			items: {
				anyOf: [
					{type: 'string', pattern: String.raw`^KNET\d{3}(:[^/]+(/[^/]+){1,2})?$`},
					{
						type: 'object',
						additionalProperties: false,
						required: ['code'],
						properties: {
							code: {type: 'string', pattern: String.raw`^KNET\d{3}$`},
							object: {type: 'string', pattern: '^[^/]+(/[^/]+){1,2}$'},
							reason: text,
						},
					},
				],
			},
		},
	},
} as const;
