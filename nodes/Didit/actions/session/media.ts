// Which images, videos and files a session can have, and where their links are in the decision.
import type { IDataObject } from 'n8n-workflow';
import { readBlocks } from '../../decision/features';
import { mediaLinksIn } from '../common/privacy';

interface Kind {
	label: string;
	value: string;
	/** The name of the binary field, with a number behind it from the second file on. */
	field: string;
	feature: string;
	/** Where the feature has a link or a list of links. Without this, every link to media in it counts. */
	links?: string[];
}

/** In the order of their labels. */
export const MEDIA: Kind[] = [
	{
		label: 'Business Documents',
		value: 'businessDocuments',
		field: 'business_document',
		feature: 'KYB_DOCUMENTS',
	},
	{
		label: 'Chip Portrait',
		value: 'chipPortrait',
		field: 'chip_portrait',
		feature: 'NFC',
		links: ['portrait_image'],
	},
	{
		label: 'Chip Signature',
		value: 'chipSignature',
		field: 'chip_signature',
		feature: 'NFC',
		links: ['signature_image'],
	},
	{
		label: 'Document Back',
		value: 'documentBack',
		field: 'document_back',
		feature: 'ID_VERIFICATION',
		links: ['back_image'],
	},
	{
		label: 'Document Back (Uncropped)',
		value: 'documentBackFull',
		field: 'document_back_full',
		feature: 'ID_VERIFICATION',
		links: ['full_back_image'],
	},
	{
		label: 'Document Extra Files',
		value: 'documentExtra',
		field: 'document_extra',
		feature: 'ID_VERIFICATION',
		links: ['extra_files'],
	},
	{
		label: 'Document Front',
		value: 'documentFront',
		field: 'document_front',
		feature: 'ID_VERIFICATION',
		links: ['front_image'],
	},
	{
		label: 'Document Front (Uncropped)',
		value: 'documentFrontFull',
		field: 'document_front_full',
		feature: 'ID_VERIFICATION',
		links: ['full_front_image'],
	},
	{
		label: 'Document Portrait',
		value: 'documentPortrait',
		field: 'document_portrait',
		feature: 'ID_VERIFICATION',
		links: ['portrait_image'],
	},
	{
		label: 'Document Videos',
		value: 'documentVideos',
		field: 'document_video',
		feature: 'ID_VERIFICATION',
		links: ['front_video', 'back_video'],
	},
	{
		label: 'Face Match Images',
		value: 'faceMatch',
		field: 'face_match',
		feature: 'FACE_MATCH',
		links: ['source_image', 'target_image'],
	},
	{
		label: 'Other Documents',
		value: 'otherDocuments',
		field: 'other_document',
		feature: 'DOCUMENT_AI',
	},
	{
		label: 'Proof of Address',
		value: 'proofOfAddress',
		field: 'proof_of_address',
		feature: 'POA',
		links: ['document_file', 'extra_files'],
	},
	{
		label: 'Selfie',
		value: 'selfie',
		field: 'selfie',
		feature: 'LIVENESS',
		links: ['reference_image'],
	},
	{
		label: 'Selfie Video',
		value: 'selfieVideo',
		field: 'selfie_video',
		feature: 'LIVENESS',
		links: ['video_url'],
	},
];

/** The links of one kind, in the order of the workflow's steps. */
export function linksOf(decision: IDataObject, { feature, links }: Kind): string[] {
	const found = readBlocks(decision, feature).flatMap((block) =>
		links ? links.flatMap((name) => block[name]) : mediaLinksIn(block),
	);
	return [
		...new Set(
			found.filter((link): link is string => typeof link === 'string' && link.trim() !== ''),
		),
	];
}
