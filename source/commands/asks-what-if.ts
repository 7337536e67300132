import type {Flags} from './flags.ts';

/** Whether flags ask what would be, and not what is. */
export function asksWhatIf({over, scale, drain, without}: Flags): boolean {
	return [over, scale, drain, without].some((flag) => flag !== undefined);
}
