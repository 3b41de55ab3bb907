/** Where the reader should be: at what is wrong after a submit, at what came in after an htmx swap. */
export function watchFocus(root) {
  root.querySelector("[data-focus]")?.focus();
  root.addEventListener("htmx:afterSettle", ({ target }) => {
    const wanted = target.matches?.("[data-focus]") ? target : target.querySelector?.("[data-focus]");
    wanted?.focus();
  });
  // A link of the error summary may name a group of choices, which takes no focus itself.
  root.addEventListener("click", ({ target }) => {
    const link = target.closest?.(".error-summary a");
    const named = link && root.getElementById(decodeURIComponent(link.hash.slice(1)));
    const field = named?.matches("fieldset") ? named.querySelector("input, select, textarea") : named;
    if (field) setTimeout(() => field.focus());
  });
}
