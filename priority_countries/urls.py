from django.urls import path

app_name = "priority_countries"
urlpatterns: list[path] = []
