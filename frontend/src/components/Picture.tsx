type Image = { url: string; srcset?: string; width: number; height: number; alt: string; sources?: { type: string; srcset: string }[] };
type Props = { image: Image | null | undefined; sizes: string; alt?: string; eager?: boolean };

/** In the best format that the browser takes. The first of a page is eager, and its words are those of the door's preload. */
export function Picture({ image, sizes, alt, eager = false }: Props) {
    if (!image) return null;
    return (
        <picture>
            {image.sources?.map((source) => (
                <source key={source.type} type={source.type} srcSet={source.srcset} sizes={sizes} />
            ))}
            <img
                src={image.url}
                srcSet={image.srcset || undefined}
                sizes={image.srcset ? sizes : undefined}
                alt={alt ?? image.alt}
                width={image.width}
                height={image.height}
                loading={eager ? undefined : "lazy"}
                fetchPriority={eager ? "high" : undefined}
                decoding={eager ? undefined : "async"}
            />
        </picture>
    );
}
