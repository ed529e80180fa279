/** Pictures of one report. */
export const PICTURES_MAX = 5;
/** Bytes of one picture; five of them, written in base64, fit one request. A phone's photo is made smaller before it is sent. */
export const PICTURE_BYTES_MAX = 600_000;
