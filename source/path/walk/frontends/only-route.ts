import type {ObjectRef} from '../../../model/ref.ts';

/** What a question is limited to: rules of one namespace, or of one object. */
export type Focus = {readonly namespace?: string; readonly object?: ObjectRef};
