"""No addresses here: core.documents serves files, because it knows who may see their subjects."""

app_name = "files"
urlpatterns: list[None] = []
