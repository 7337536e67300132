import type {IgnoreRule} from '../model/ignore-rule.ts';

export const themes = ['auto', 'dark', 'light', 'mono', 'colour-blind'] as const;

/** What a person wants of every run. Flags come before it. */
export type Config = {
	readonly theme?: (typeof themes)[number];
	/** The namespace where none is named; before the one of the kubeconfig. */
	readonly namespace?: string;
	/** From where requests start, as `--from` has it. */
	readonly from?: string;
	/** Targets at hand. */
	readonly favourites?: readonly string[];
	/** Keys of commands (ui/keys/keymap.ts), in place of those that knet gives them. */
	readonly keys?: Readonly<Record<string, readonly string[]>>;
	readonly ignore?: readonly IgnoreRule[];
};
