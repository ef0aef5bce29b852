declare module "idiomorph/dist/idiomorph.esm.js" {
  interface Options {
    morphStyle: "outerHTML" | "innerHTML";
    ignoreActiveValue?: boolean;
    callbacks?: {
      beforeNodeMorphed?: (old: Node, fresh: Node) => boolean;
      beforeNodeRemoved?: (old: Node) => boolean;
      beforeAttributeUpdated?: (attribute: string, element: Element, change: "update" | "remove") => boolean;
    };
  }
  export const Idiomorph: { morph(old: Node, fresh: Node | Node[], options: Options): Node[] };
}
