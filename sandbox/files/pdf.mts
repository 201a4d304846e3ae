/** A small but complete PDF 1.7: lines of text on as many pages as they need, in a font that every reader has. */

const LINES_PER_PAGE = 44;

/** The font has no letters beyond ASCII here, so others become question marks. */
function text(line: string): string {
	return `(${line.replace(/[^\x20-\x7e]/g, '?').replace(/[\\()]/g, '\\$&')})`;
}

function page(title: string, lines: string[]): string {
	return [
		'BT',
		'/F1 16 Tf',
		'56 780 Td',
		`${text(title)} Tj`,
		'/F1 11 Tf',
		'0 -28 Td',
		'16 TL',
		...lines.map((line) => `${text(line)} Tj T*`),
		'ET',
	].join('\n');
}

export function pdf(title: string, lines: string[]): Buffer {
	const count = Math.max(1, Math.ceil(lines.length / LINES_PER_PAGE));
	const contents = Array.from({ length: count }, (_, at) =>
		page(title, lines.slice(at * LINES_PER_PAGE, (at + 1) * LINES_PER_PAGE)),
	);
	// Objects 1 to 3 are catalogue, list of pages and font; each page has two more, itself and its text.
	const number = (at: number) => 4 + 2 * at;
	const objects = [
		'<< /Type /Catalog /Pages 2 0 R >>',
		`<< /Type /Pages /Count ${count} /Kids [${contents.map((_, at) => `${number(at)} 0 R`).join(' ')}] >>`,
		'<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
		...contents.flatMap((content, at) => [
			`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${number(at) + 1} 0 R >>`,
			`<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
		]),
	];
	let file = '%PDF-1.7\n';
	const offsets = objects.map((object, at) => {
		const offset = file.length;
		file += `${at + 1} 0 obj\n${object}\nendobj\n`;
		return offset;
	});
	const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
	const size = objects.length + 1;
	file += `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`;
	return Buffer.from(file, 'ascii');
}
