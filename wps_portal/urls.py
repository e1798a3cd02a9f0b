"""All addresses. They are fixed (clients and checks rely on them); each app names its own below."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("common.urls")),
    path("accounts/", include("accounts.urls")),
    path("countries/", include("priority_countries.urls")),
    path("", include("reporting.collection.urls")),
    path("", include("reporting.synthesis.urls")),
    path("", include("reporting.publication.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "common.views.bad_request"
handler403 = "common.views.permission_denied"
handler404 = "common.views.page_not_found"
handler500 = "common.views.server_error"
