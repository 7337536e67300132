import type {Flags} from './flags.ts';

/** Whether flags ask about the cluster after edits (--over, --scale, --drain, --without). */
export function asksWhatIf({over, scale, drain, without}: Flags): boolean {
	return [over, scale, drain, without].some((flag) => flag !== undefined);
}
