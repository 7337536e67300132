/** An entry that the person keeps on top, with what opens it where it is not listed. */
export type Pin = {
	/** Of the entry. */
	readonly id: string;
	readonly title: string;
	readonly namespace: string;
	readonly target: string;
};

/** By the context that they belong to; '' where there is none. */
export type Pins = Readonly<Record<string, readonly Pin[]>>;
