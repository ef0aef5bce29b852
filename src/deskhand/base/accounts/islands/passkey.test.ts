import { describe, expect, it } from "vitest";

import { decoded, encoded, readable, sendable } from "./passkey";

const bytes = (...values: number[]): ArrayBuffer => Uint8Array.from(values).buffer;

describe("encoded and decoded", () => {
  it("write bytes so that they stand in an address", () => {
    expect(encoded(bytes(251, 255, 254))).toBe("-__-");
    expect(encoded(bytes(1))).toBe("AQ");
  });

  it("are each other's opposite", () => {
    expect([...new Uint8Array(decoded(encoded(bytes(0, 62, 63, 255))))]).toEqual([0, 62, 63, 255]);
  });
});

describe("readable", () => {
  it("makes bytes of what is bytes and leaves the rest", () => {
    const options = readable({
      challenge: "AQI",
      rpId: "desk.example",
      user: { id: "Aw", name: "amara" },
      excludeCredentials: [{ id: "BA", type: "public-key" }],
    });

    expect(options["challenge"]).toEqual(bytes(1, 2));
    expect(options["user"]).toEqual({ id: bytes(3), name: "amara" });
    expect(options["excludeCredentials"]).toEqual([{ id: bytes(4), type: "public-key" }]);
    expect(options["rpId"]).toBe("desk.example");
  });

  it("invents no keys", () => {
    expect(readable({ challenge: "AQ", allowCredentials: null })["excludeCredentials"]).toBeUndefined();
  });
});

describe("sendable", () => {
  it("holds what the device answered and nothing that it did not", () => {
    const credential = {
      id: "AQ",
      rawId: bytes(1),
      type: "public-key",
      response: { clientDataJSON: bytes(2), signature: bytes(3), userHandle: null },
      getClientExtensionResults: () => ({ credProps: { rk: true } }),
    };

    expect(sendable(credential as unknown as PublicKeyCredential)).toEqual({
      id: "AQ",
      rawId: "AQ",
      type: "public-key",
      response: { clientDataJSON: "Ag", signature: "Aw" },
      clientExtensionResults: { credProps: { rk: true } },
    });
  });
});
