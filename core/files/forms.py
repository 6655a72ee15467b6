"""The form field of an upload: refuses beside the field what the service would refuse."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from .checks import UploadRefused, check_upload


class UploadField(forms.FileField):
    """One file of the allowed kinds."""

    default_error_messages = {"required": _("Choose a file.")}

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The uploaded file, checked. Raises ValidationError with the reason."""
        file = super().clean(data, initial)
        if isinstance(file, UploadedFile):
            try:
                check_upload(file, file.size or 0)
            except UploadRefused as refusal:
                raise forms.ValidationError(str(refusal), code="refused") from refusal
        return file
