/** A small PDF: lines of text on as many pages as they need, in a font that every reader has. */
import { PageSizes, PDFDocument, StandardFonts } from 'pdf-lib';

const LINES_PER_PAGE = 44;
const LEFT = 56;

/** The font has only Latin letters, so anything beyond ASCII becomes a question mark. */
const ascii = (line: string) => line.replace(/[^\x20-\x7e]/g, '?');

export async function pdf(title: string, lines: string[]): Promise<Buffer> {
	const document = await PDFDocument.create();
	document.setTitle(title);
	const font = await document.embedFont(StandardFonts.Helvetica);
	for (let at = 0; at === 0 || at < lines.length; at += LINES_PER_PAGE) {
		const text = lines
			.slice(at, at + LINES_PER_PAGE)
			.map(ascii)
			.join('\n');
		const page = document.addPage(PageSizes.A4);
		page.drawText(ascii(title), { x: LEFT, y: 780, size: 16, font });
		page.drawText(text, { x: LEFT, y: 752, size: 11, lineHeight: 16, font });
	}
	return Buffer.from(await document.save({ useObjectStreams: false }));
}
