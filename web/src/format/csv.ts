// A cell that starts like a formula would be run by the spreadsheet (OWASP: CSV injection).
export const cell = (text: string) => `"${(/^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text).replace(/"/g, '""')}"`;

/** A file for a spreadsheet (RFC 4180, UTF-8 with a byte order mark); lines are cells that are written already. */
export const csvFile = (lines: string[][]) => `\ufeff${lines.map((line) => line.join(',')).join('\r\n')}\r\n`;
