// The machine-readable "made by AI" mark, the same in the video and in its poster: an XMP packet with IPTC's
// digital source type. https://iptc.org/std/photometadata/documentation/userguide/#_digital_source_type

/** The pictures are made by a model (or by our own generator), composed by this program. */
const SOURCE_TYPE = 'http://cv.iptc.org/newscodes/digitalsourcetype/compositeSynthetic'
const CREATOR_TOOL = 'ClipForge'
export const PROVENANCE_COMMENT = 'Made with AI by ClipForge'

// ISO 16684-3: where MP4 files keep XMP.
const XMP_UUID = Buffer.from('be7acfcb97a942e89c71999491e3afac', 'hex')
const XMP_APP1_HEADER = 'http://ns.adobe.com/xap/1.0/\0'
const JPEG_START_OF_IMAGE_BYTES = 2

/** A whole MP4 box, to stand at the end of a file. */
export function xmpBox(title: string): Buffer {
  const body = Buffer.concat([XMP_UUID, Buffer.from(xmpPacket(title))])
  const header = Buffer.alloc(8)
  header.writeUInt32BE(8 + body.length)
  header.write('uuid', 4, 'latin1')
  return Buffer.concat([header, body])
}

/** The JPEG with the mark as its first segment. */
export function markJpeg(jpeg: Buffer, title: string): Buffer {
  const body = Buffer.from(XMP_APP1_HEADER + xmpPacket(title))
  const header = Buffer.from([0xff, 0xe1, 0, 0])
  header.writeUInt16BE(body.length + 2, 2) // the length counts itself
  const [start, rest] = [jpeg.subarray(0, JPEG_START_OF_IMAGE_BYTES), jpeg.subarray(JPEG_START_OF_IMAGE_BYTES)]
  return Buffer.concat([start, header, body, rest])
}

/** For containers that have a place of their own for XMP. */
export function xmpPacket(title: string): string {
  return [
    '<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>',
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"',
    ' xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">',
    `<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(title)}</rdf:li></rdf:Alt></dc:title>`,
    `<xmp:CreatorTool>${CREATOR_TOOL}</xmp:CreatorTool>`,
    `<Iptc4xmpExt:DigitalSourceType>${SOURCE_TYPE}</Iptc4xmpExt:DigitalSourceType>`,
    '</rdf:Description></rdf:RDF></x:xmpmeta>',
    '<?xpacket end="r"?>',
  ].join('\n')
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escapeXml = (text: string) =>
  // Control characters have no place in XML at all.
  text.replace(/\p{Cc}/gu, ' ').replace(/[&<>"]/g, (character) => entities[character]!)
