import { useRecentlyViewed } from "../api/lists";
import { t } from "../words";
import { ProductCard } from "./ProductCard";

export function RecentlyViewed() {
    const { data } = useRecentlyViewed();
    if (!data || data.length === 0) return null;
    return (
        <section aria-labelledby="viewed">
            <h2 className="h-xl" id="viewed">
                {t("Looked at lately")}
            </h2>
            <ul className="grid four">
                {data.slice(0, 4).map((product) => (
                    <ProductCard key={product.id} product={product} />
                ))}
            </ul>
        </section>
    );
}
