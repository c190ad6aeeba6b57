let sent: { id: string; file: File } | null = null;

/** The last file that was sent, so that it can be read again with other columns. */
export function keepFile(id: string, file: File): void { sent = { id, file }; }
export function keptFile(id: string): File | null { return sent?.id === id ? sent.file : null; }
