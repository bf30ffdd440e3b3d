from django.urls import path

from catalog.api import bulk, categories, inventory, products, stock_alerts

urlpatterns = [
    path("product/", products.ProductListView.as_view()),
    path("product/suggest/", products.SuggestView.as_view()),
    path("product/category/<int:category_id>/", products.CategoryProductsView.as_view()),
    path("product/<int:product_id>/", products.ProductView.as_view()),
    path("product/<int:product_id>/stock-alert/", stock_alerts.StockAlertView.as_view()),
    path("category/", categories.CategoryListView.as_view()),
    path("category/<int:category_id>/", categories.CategoryView.as_view()),
    path("inventory/", inventory.StockItemsView.as_view()),
    path("inventory/bulk/", bulk.StockBulkView.as_view()),
    path("price/bulk/", bulk.PriceBulkView.as_view()),
    path("inventory/<int:item_id>/", inventory.StockItemView.as_view()),
    path("inventory/<int:item_id>/movements/", inventory.MovementsView.as_view()),
]
