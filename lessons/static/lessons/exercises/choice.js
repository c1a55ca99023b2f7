// Choice: the browser's own radio buttons and check boxes are all it takes.

export const read = (form) => ({ chosen: new FormData(form).getAll("chosen") });

export function enhance() {}
