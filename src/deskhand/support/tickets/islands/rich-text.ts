/** A description that is edited as it looks. Without script the text area below it serves. */

class RichText extends HTMLElement {
  connectedCallback(): void {
    this.draw();
  }

  /** Puts the editor in place of the text area; again when the server sent another one. */
  draw(): void {
    const area = this.querySelector("textarea");
    if (!area || this.querySelector(".dh-rich")) return;
    const editor = document.createElement("div");
    editor.className = "dh-rich dh-text";
    editor.contentEditable = "true";
    editor.dir = "auto";
    editor.setAttribute("role", "textbox");
    editor.setAttribute("aria-multiline", "true");
    editor.setAttribute("aria-label", this.querySelector("label")?.textContent.trim() ?? "");
    editor.innerHTML = area.value; // cleaned by the server when it was stored
    editor.addEventListener("input", () => {
      area.value = editor.innerText.trim() || editor.querySelector("img") ? editor.innerHTML : "";
      area.dispatchEvent(new Event("input", { bubbles: true }));
    });
    area.form?.addEventListener("reset", this.onReset);
    area.hidden = true;
    area.after(editor);
  }

  private readonly onReset = (): void => {
    const editor = this.querySelector(".dh-rich");
    if (editor) editor.innerHTML = this.querySelector("textarea")?.defaultValue ?? "";
  };
}

customElements.define("dh-rich-text", RichText);
