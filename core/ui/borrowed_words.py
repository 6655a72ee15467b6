"""Words that packages show on our pages without Vietnamese of their own, named so that our catalogues hold them.

Source: django-allauth 65 (forms and refusals of the account pages), Django 5.2 (password rules, form texts).
"""

from django.utils.translation import gettext_noop as _

FORMS = (
    _("Enter a whole number."),
    _("The submitted file is empty."),
    _("Ensure this value is less than or equal to %(limit_value)s."),
    _("Ensure this value is greater than or equal to %(limit_value)s."),
)
ACCOUNT = (
    _("Email"),
    _("Email address"),
    _("Password"),
    _("Password (again)"),
    _("Current Password"),
    _("New Password"),
    _("New Password (again)"),
    _("Remember Me"),
    _("Forgot your password?"),
    _("You must type the same password each time."),
    _("Please type your current password."),
    _("Incorrect password."),
    _("Invalid or expired key."),
    _("The password reset token was invalid."),
    _("This account is currently inactive."),
    _("The email address and/or password you specified are not correct."),
    _("Too many failed login attempts. Try again later."),
)
