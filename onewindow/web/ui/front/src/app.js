// Comfort only: every page does its work without any of this.
import { watchAutosave } from "./js/autosave.js";
import { watchConfirm } from "./js/confirm.js";
import { watchFocus } from "./js/focus.js";
import { watchMoney } from "./js/money.js";
import { watchPhotos } from "./js/photos.js";

document.documentElement.classList.add("js");
watchConfirm(document);
watchMoney(document);
watchPhotos(document);
watchAutosave(document);
watchFocus(document);
