import type {ObjectRef} from '../../../model/ref.ts';

/** Why a controller sends nothing to a Service, where the objects say so. */
export type NothingSent = {
	/** In words, as a sentence goes on after a colon. */
	readonly why: string;
	/** What has the field. Absent: the Service. */
	readonly object?: ObjectRef;
	readonly field: string;
	readonly value: string;
	readonly remedy: string;
	/** Whether it does so is not certain of its version. */
	readonly isOpen?: boolean;
};
