type Image = { url: string; srcset?: string; width: number; height: number; alt: string };
type Props = { image: Image | null | undefined; sizes: string; alt?: string; eager?: boolean };

export function Picture({ image, sizes, alt, eager = false }: Props) {
    if (!image) return null;
    return (
        <img
            src={image.url}
            srcSet={image.srcset || undefined}
            sizes={image.srcset ? sizes : undefined}
            alt={alt ?? image.alt}
            width={image.width}
            height={image.height}
            loading={eager ? undefined : "lazy"}
            fetchPriority={eager ? "high" : undefined}
            decoding="async"
        />
    );
}
