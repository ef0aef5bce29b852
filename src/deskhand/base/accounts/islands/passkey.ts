/**
 * `<dh-passkey>` around a form with a hidden `credential`: its button asks the device for a passkey, and sends what the
 * device answers. `data-options` names the element with the options, `data-ask` an address that answers them;
 * `data-new`: a passkey is made instead of used. Without script the button stays disabled.
 */

type Json = { [name: string]: unknown };

export class Passkey extends HTMLElement {
  connectedCallback(): void {
    if (this.button) this.button.disabled = false;
    this.button?.addEventListener("click", this.onClick);
  }

  disconnectedCallback(): void {
    this.button?.removeEventListener("click", this.onClick);
  }

  private get button(): HTMLButtonElement | null {
    return this.querySelector("form button[type=button]");
  }

  private readonly onClick = (): void => {
    void this.ask();
  };

  private async ask(): Promise<void> {
    if (!("credentials" in navigator) || !("PublicKeyCredential" in window)) { this.say(this.dataset["missing"]); return; }
    this.say("");
    try {
      const options = readable((await this.options())["publicKey"] as Json);
      const found = this.hasAttribute("data-new")
        ? await navigator.credentials.create({ publicKey: options as unknown as PublicKeyCredentialCreationOptions })
        : await navigator.credentials.get({ publicKey: options as unknown as PublicKeyCredentialRequestOptions });
      if (found) this.send(found as PublicKeyCredential);
    } catch {
      this.say(this.dataset["failed"]); // why, the browser has said already
    }
  }

  private async options(): Promise<Json> {
    const address = this.dataset["ask"];
    if (!address) return JSON.parse(document.getElementById(this.dataset["options"] ?? "")?.textContent ?? "{}") as Json;
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    return ((await answer.json()) as Json)["request_options"] as Json;
  }

  private send(credential: PublicKeyCredential): void {
    const field = this.querySelector<HTMLInputElement>("input[name=credential]");
    if (!field?.form) return;
    field.value = JSON.stringify(sendable(credential));
    field.form.requestSubmit();
  }

  private say(sentence = ""): void {
    const place = this.querySelector<HTMLElement>("[role=alert]");
    if (!place) return;
    place.textContent = sentence;
    place.hidden = !sentence;
  }
}

/** Bytes as they stand in JSON: base64 for addresses, without padding. */
export function encoded(bytes: ArrayBuffer): string {
  const text = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

export function decoded(text: string): ArrayBuffer {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (character) => character.charCodeAt(0)).buffer;
}

/** The options as the browser wants them: bytes instead of text where there are bytes. */
export function readable(options: Json): Json {
  const user = options["user"] as Json | undefined;
  return {
    ...options,
    challenge: decoded(String(options["challenge"])),
    ...(user && { user: { ...user, id: decoded(String(user["id"])) } }),
    ...withKeys(options, "excludeCredentials"),
    ...withKeys(options, "allowCredentials"),
  };
}

function withKeys(options: Json, name: string): Json {
  const keys = options[name] as Json[] | null | undefined;
  return keys ? { [name]: keys.map((key) => ({ ...key, id: decoded(String(key["id"])) })) } : {};
}

/** What the device answered, as the server reads it. */
export function sendable(credential: PublicKeyCredential): Json {
  const response = credential.response as AuthenticatorAttestationResponse & AuthenticatorAssertionResponse;
  const parts: Json = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"] as const) {
    if (response[name]) parts[name] = encoded(response[name]);
  }
  return {
    id: credential.id,
    rawId: encoded(credential.rawId),
    type: credential.type,
    response: parts,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

customElements.define("dh-passkey", Passkey);
