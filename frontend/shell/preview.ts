/** A picture among the files of a conversation is shown where one is: `<a href="…" data-preview title="its name">`. */
import { leaves } from "../elements/record-form";

export function watchPreviews(): void {
  const popup = document.querySelector<HTMLDialogElement>("#dh-popup");
  const model = document.querySelector<HTMLTemplateElement>("#dh-preview");
  if (!popup || !model) return;
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-preview]");
    if (!link || event.defaultPrevented || !leaves(link, event)) return;
    event.preventDefault();
    popup.replaceChildren(filled(model, link));
    popup.showModal();
  });
}

/** The pop-up's content for the picture that a link leads to. */
export function filled(model: HTMLTemplateElement, link: HTMLAnchorElement): DocumentFragment {
  const content = model.content.cloneNode(true) as DocumentFragment;
  for (const name of content.querySelectorAll("[data-name]")) name.textContent = link.title;
  for (const image of content.querySelectorAll("img")) Object.assign(image, { src: link.href, alt: link.title });
  for (const download of content.querySelectorAll<HTMLAnchorElement>("a[download]")) {
    Object.assign(download, { href: link.href, download: link.title });
  }
  return content;
}
