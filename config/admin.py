"""The admin's name."""

from django.contrib import admin

admin.site.site_header = "Second Voice"
admin.site.site_title = "Second Voice"
admin.site.index_title = "Guides and directory"
