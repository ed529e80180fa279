import { code128, drawingSVG, qrcode } from 'bwip-js/browser';

const asImage = (svg: string) => `data:image/svg+xml,${encodeURIComponent(svg)}`;

/** A QR code as the address of a picture. The library's own level M survives a scratched screen; no margin, the page gives it. */
export const drawQr = (text: string): string => asImage(qrcode({ bcid: 'qrcode', text, scale: 4 }, drawingSVG()));

/** A Code 128 barcode as the address of a picture, for tills whose scanner reads lines only. */
export const drawBarcode = (text: string): string => asImage(code128({ bcid: 'code128', text, height: 9, scale: 3, includetext: false }, drawingSVG()));
