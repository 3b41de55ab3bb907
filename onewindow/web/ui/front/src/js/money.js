// Input methods for Chinese leave full-width digits and points, each 0xFEE0 above the plain sign.
const halfWidth = (text) => text.replace(/[\uff0c\uff0e\uff10-\uff19]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));

/** "1234.5" → "1,234.50"; anything that is no sum of money stays as typed, for the server to explain. */
export function grouped(text) {
  const plain = halfWidth(text).replace(/[,\s\u00a5\uffe5元]/g, "");
  if (!/^\d{1,12}(\.\d{1,2})?$/.test(plain)) return text;
  const [yuan, cents] = plain.split(".");
  return yuan.replace(/\B(?=(\d{3})+$)/g, ",") + (cents === undefined ? "" : `.${cents.padEnd(2, "0")}`);
}

export function watchMoney(root) {
  root.addEventListener("focusout", ({ target }) => {
    if (target.matches?.("[data-money]")) target.value = grouped(target.value);
  });
}
