from django.urls import path

from catalog.api import (
    bulk,
    categories,
    inventory,
    product_reviews,
    products,
    review_pictures,
    reviews,
    stock_alerts,
    viewed,
    wishlist,
)

urlpatterns = [
    path("product/", products.ProductListView.as_view()),
    path("product/suggest/", products.SuggestView.as_view()),
    path("product/category/<int:category_id>/", products.CategoryProductsView.as_view()),
    path("product/<int:product_id>/", products.ProductView.as_view()),
    path("product/<int:product_id>/stock-alert/", stock_alerts.StockAlertView.as_view()),
    path("product/<int:product_id>/reviews/", product_reviews.ProductReviewsView.as_view()),
    path("review/", reviews.ReviewsView.as_view()),
    path("review/<int:review_id>/", reviews.ReviewView.as_view()),
    path("review/<int:review_id>/helpful/", reviews.HelpfulView.as_view()),
    path("review/<int:review_id>/pictures/", review_pictures.ReviewPicturesView.as_view()),
    path("review/<int:review_id>/pictures/<int:picture_id>/", review_pictures.ReviewPictureView.as_view()),
    path("wishlist/", wishlist.WishlistView.as_view()),
    path("wishlist/<int:item_id>/", wishlist.WishView.as_view()),
    path("recently-viewed/", viewed.RecentlyViewedView.as_view()),
    path("category/", categories.CategoryListView.as_view()),
    path("category/<int:category_id>/", categories.CategoryView.as_view()),
    path("inventory/", inventory.StockItemsView.as_view()),
    path("inventory/bulk/", bulk.StockBulkView.as_view()),
    path("price/bulk/", bulk.PriceBulkView.as_view()),
    path("inventory/<int:item_id>/", inventory.StockItemView.as_view()),
    path("inventory/<int:item_id>/movements/", inventory.MovementsView.as_view()),
]
