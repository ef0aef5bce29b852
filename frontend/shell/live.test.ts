import { beforeEach, describe, expect, it, vi } from "vitest";
import { tell, topicsIn } from "./live";

beforeEach(() => {
  document.body.innerHTML = `<div id="board" data-live="team.3"></div><div id="ticket" data-live="ticket.42  team.3"></div>`;
});

describe("topicsIn", () => {
  it("names every topic once", () => {
    expect(topicsIn(document)).toEqual(["team.3", "ticket.42"]);
  });
});

describe("tell", () => {
  const heard = (id: string): ReturnType<typeof vi.fn> => {
    const listener = vi.fn();
    document.getElementById(id)?.addEventListener("dh:changed", listener);
    return listener;
  };

  it("tells those who watch what changed, and nobody else", () => {
    const [board, ticket] = [heard("board"), heard("ticket")];

    tell(document, new Set(["ticket.42"]));

    expect(board).not.toHaveBeenCalled();
    expect(ticket).toHaveBeenCalledOnce();
  });

  it("tells an element once although two of its topics changed", () => {
    const ticket = heard("ticket");

    tell(document, new Set(["ticket.42", "team.3"]));

    expect(ticket).toHaveBeenCalledOnce();
  });

  it("tells everybody when nobody knows what was missed", () => {
    const [board, ticket] = [heard("board"), heard("ticket")];

    tell(document, null);

    expect(board).toHaveBeenCalledOnce();
    expect(ticket).toHaveBeenCalledOnce();
  });
});
