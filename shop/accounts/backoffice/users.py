from wagtail.users.views.users import UserViewSet


class People(UserViewSet):
    pass
