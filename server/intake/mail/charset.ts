/** Text as read from bytes, and whether the charset the sender named was the one it is written in. */
export interface Decoded {
  readonly text: string;
  /** What it was read as; `undefined`: as the sender named it. */
  readonly readAs: string | undefined;
  /** Bytes that are no text in any charset tried stand in it as U+FFFD. */
  readonly damaged: boolean;
}

/**
 * Reads bytes in the charset named, unless it cannot be that: the bytes are no text in it, or what comes
 * out is Chinese of characters nobody writes while another charset gives plain Chinese (a GB18030 letter
 * named Big5 decodes without one error). A name nobody knows counts as none.
 */
export const decodeText = (named: string, bytes: Uint8Array): Decoded => {
  const asNamed = decodeStrictly(named, bytes);
  if (asNamed !== undefined && isAscii(bytes)) return { text: asNamed, readAs: undefined, damaged: false };
  const best = likeliest(
    candidates.flatMap((charset) => {
      const text = decodeStrictly(charset, bytes);
      return text === undefined ? [] : [{ charset, text, share: shareOfCommonHan(text) }];
    }),
  );
  if (asNamed !== undefined) {
    const doubtful = best !== undefined && best.share > plainChinese && shareOfCommonHan(asNamed) < nobodysChinese;
    return doubtful
      ? { text: best.text, readAs: best.charset, damaged: false }
      : { text: asNamed, readAs: undefined, damaged: false };
  }
  if (best) return { text: best.text, readAs: best.charset, damaged: false };
  return { text: decodeLoosely(named, bytes), readAs: undefined, damaged: true };
};

interface Reading {
  readonly charset: string;
  readonly text: string;
  readonly share: number;
}

/** UTF-8 proves itself: text of another charset is hardly ever well-formed in it. */
const likeliest = (readings: readonly Reading[]): Reading | undefined => {
  const unicode = readings.find(({ charset }) => charset === 'utf-8');
  if (unicode) return unicode;
  const best = readings.reduce<Reading | undefined>(
    (one, other) => (one && one.share >= other.share ? one : other),
    undefined,
  );
  // Western letters among ASCII are pairs of rare characters in every East Asian charset.
  return best && best.share < nobodysChinese
    ? (readings.find(({ charset }) => charset === 'windows-1252') ?? best)
    : best;
};

/** What mail to a Chinese office is written in, the likelier first. */
const candidates = ['utf-8', 'gb18030', 'big5', 'shift_jis', 'euc-jp', 'euc-kr', 'windows-1252'];

/** More than this share of its characters being common ones makes a text plain Chinese. */
const plainChinese = 0.35;
/** Less than this, and nobody wrote it so. */
const nobodysChinese = 0.12;

const decodeStrictly = (charset: string, bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

const decodeLoosely = (charset: string, bytes: Uint8Array): string => {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
};

/** Bytes above 7 bits, or the escapes of ISO-2022: anything else reads the same in every charset. */
const isAscii = (bytes: Uint8Array): boolean => bytes.every((byte) => byte < 0x80 && byte !== 0x1b);

/** Of the characters beyond ASCII, how many are among the commonest of Chinese, 0 to 1. */
const shareOfCommonHan = (text: string): number => {
  let common = 0;
  let all = 0;
  for (const character of text.slice(0, sampleLength)) {
    if (character < '\u0080' || punctuation.has(character)) continue;
    all += 1;
    if (commonHan.has(character) || isKana(character)) common += 1;
  }
  return all === 0 ? 0 : common / all;
};

const isKana = (character: string): boolean => character >= '\u3041' && character <= '\u30fe';

const sampleLength = 4_000;
const punctuation = new Set('，。、；：？！“”‘’（）《》「」—…　');

/** The commonest characters of Chinese as written in letters to a telecom office, in both scripts. */
const commonHan = new Set(
  '的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里' +
    '用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日' +
    '军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相' +
    '见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名' +
    '真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市' +
    '直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路' +
    '记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运费元网线宽号码账单投诉' +
    '营业厅客户您请谢用户话费断上网手机套餐月租退款扣办修装流欠停' +
    '這個們來為國說時會對於著過發後裡種經麼學現當沒動還進樣開從實軍無與長機關點業將兩間問並應戰頭體見產' +
    '話回給門東聲員論處走義幾認條係氣題爾別變總電數報結務場計資許統區隊決馬書則聽達強難權設記類據邊張該規萬' +
    '覺術領確傳師觀讓識帶導爭運費網線寬號碼帳單訴營廳戶請謝斷餐退辦裝',
);
