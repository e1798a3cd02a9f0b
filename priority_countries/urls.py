from django.urls import path

from priority_countries.views import public

app_name = "priority_countries"
urlpatterns = [
    path("", public.country_list, name="list"),
    path("<str:iso3>/", public.country, name="country"),
]
