/** How many rules of a host that may take a path are looked at; with more, which one takes it is not known. */
export const mostForPath = 250;

export const tooManyRules = `more than ${mostForPath} rules may take this path`;
