import { type ComponentType, lazy, useState } from "react";

/** A view whose code is fetched when it is opened. Where it has come already it is drawn at once: nothing blinks. */
export function later<Props extends object>(load: () => Promise<{ default: ComponentType<Props> }>) {
    let here: ComponentType<Props> | undefined;
    const Coming = lazy(load) as unknown as ComponentType<Props>;
    function Later(props: Props) {
        const [View] = useState(() => here ?? Coming);
        return <View {...props} />;
    }
    return Object.assign(Later, { fetch: async () => void (here = (await load()).default) });
}
