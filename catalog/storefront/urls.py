"""Inside `i18n_patterns`."""

from django.urls import path, re_path
from wagtail.urls import serve_pattern

from catalog.storefront import lists, own_reviews, product_pages, review_pages, tell_me, viewed, wishes

urlpatterns = [
    path("search/", lists.search_page, name="search"),
    path("product/<str:slug>/", product_pages.product_page, name="product"),
    path("product/<str:slug>/reviews/", review_pages.product_reviews, name="product_reviews"),
    path("reviews/<int:review_id>/helpful/", review_pages.say_helpful, name="review_helpful"),
    path("wishlist/<int:product_id>/", wishes.keep, name="keep_wish"),
    path("viewed/<int:product_id>/", viewed.look, name="look"),
    path("account/wishlist/", wishes.own_wishlist, name="own_wishlist"),
    path("account/reviews/", own_reviews.own_reviews, name="own_reviews"),
    path("account/reviews/write/<int:product_id>/", own_reviews.write, name="write_review"),
    path("account/reviews/<int:review_id>/", own_reviews.change, name="own_review"),
    path("account/reviews/<int:review_id>/withdraw/", own_reviews.withdraw, name="withdraw_review"),
    path(
        "account/reviews/<int:review_id>/pictures/<int:picture_id>/remove/",
        own_reviews.take_picture_off,
        name="remove_review_picture",
    ),
    path("tell-me/<int:product_id>/", tell_me.ask, name="tell_me"),
    path("brand/<str:slug>/", lists.brand_page, name="brand"),
]
# Matches every address: stands after all others, right before Wagtail's own.
page_patterns = [re_path(serve_pattern, lists.shelf_or_page)]
