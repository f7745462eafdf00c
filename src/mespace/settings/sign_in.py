"""How people sign in: passwords, second factors, sessions."""

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["mespace.accounts.backend.Backend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
# Length is what counts; nobody is asked for a digit and a sign.
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "full_name", "phone", "job_title")},
    },
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "mespace.accounts.guessable_passwords.NotGuessableValidator"},
]
PASSWORD_RESET_TIMEOUT = 2 * 3600  # seconds

ACCOUNT_ADAPTER = "mespace.web.account.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # people are invited; nobody registers
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # strangers get no mail from us
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # the other sessions end, this one goes on
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900  # seconds
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_FORMS = {
    "login": "mespace.web.account.forms.SignInForm",
    "reauthenticate": "mespace.web.account.forms.ConfirmPasswordForm",
}
# Counted in the database cache, for all processes together. A plant sits behind one address: the limits per address
# must let a whole shift sign in; the limit per person is what stops guessing.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "60/m/ip,5/5m/key",
    "reset_password": "30/m/ip,3/10m/key",
    "reset_password_from_key": "30/m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
LOGIN_REDIRECT_URL = "/"
LOGIN_URL = "account_login"

MFA_ADAPTER = "mespace.web.account.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "MESPACE Support"
MFA_TOTP_TOLERANCE = 1  # a phone whose clock is half a minute off still gets in
MFA_ALLOW_UNVERIFIED_EMAIL = True  # whoever made the account vouched for the address
MFA_RATE_LIMITS = {"webauthn_login": "120/m/ip"}
MFA_FORMS = {
    "authenticate": "mespace.web.account.forms.CodeForm",
    "reauthenticate": "mespace.web.account.forms.ConfirmCodeForm",
    "activate_totp": "mespace.web.account.forms.ActivateAppForm",
    "add_webauthn": "mespace.web.account.forms.AddPasskeyForm",
    "edit_webauthn": "mespace.web.account.forms.RenamePasskeyForm",
}

USERSESSIONS_TRACK_ACTIVITY = False  # a write per page would be its price
SESSION_COOKIE_AGE = 14 * 24 * 3600  # seconds
