/** Days of the week from Monday, as they are said of one and of many. */
export const WEEKDAYS = ['poniedziałk?(?:ek|i)', 'wtor(?:ek|ki)', 'środ[ęy]', 'czwart(?:ek|ki)', 'piąt(?:ek|ki)', 'sobot[ęy]', 'niedziel[ęe]'];
/** After "od", "do" and "oprócz": of the day, of the days. */
export const OF_WEEKDAYS = ['poniedziałk(?:u|ów)', 'wtor(?:ek|ku|ków)', '(?:środy|środa|śród)', 'czwart(?:ek|ku|ków)', 'piąt(?:ek|ku|ków)', '(?:soboty|sobota|sobót)', '(?:niedzieli|niedziela|niedziel)'];
/** As opening hours are written. */
export const SHORT_WEEKDAYS = ['pn\\.?|pon\\.?', 'wt\\.?', 'śr\\.?', 'czw?\\.?', 'pt\\.?', 'sob\\.?|sb\\.?', 'niedz\\.?|nd\\.?|ndz\\.?'];
