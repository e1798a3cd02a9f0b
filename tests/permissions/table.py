"""Which answer each person gets at each address, as the product's rules say.

Somebody else's object answers 404, a wrong role 403, no login the login page, a wrong method 405, a stale write or a step that
does not start from this state 409. 302 stands for any redirect that is not to the login page; 286 tells the page that a build
has finished. `notation` says how a line is read, `people` who is who, `world` what the states are.

The ministry of the addresses is Defence, the action point G1, which Justice leads as well.
"""

PORTAL = """
# --- Public: everybody reads what was published, and nothing else exists for them ---------------------------------------
healthz                      | GET  |                     | 200 everyone
readyz                       | GET  |                     | 200 everyone
publication:home             | GET  |                     | 200 everyone
publication:plan             | GET  |                     | 200 everyone
publication:action_point     | GET  | usual               | 200 everyone
                             | GET  | unknown-code        | 404 everyone
priority_countries:list      | GET  |                     | 200 everyone
priority_countries:country   | GET  | usual               | 200 everyone
                             | GET  | unknown-country     | 404 everyone
publication:reports          | GET  |                     | 200 everyone
publication:feed             | GET  |                     | 200 everyone
publication:report           | GET  | published           | 200 everyone
                             | GET  | succeeded planned unknown-year | 404 everyone
publication:report_pdf       | GET  | published           | 200 everyone
                             | GET  | succeeded unknown-year | 404 everyone
publication:report_data      | GET  | published           | 200 everyone
                             | GET  | succeeded unknown-year | 404 everyone
publication:report_table     | GET  | published           | 200 everyone
                             | GET  | succeeded unknown-year | 404 everyone
publication:report_figure    | GET  | published           | 200 everyone
                             | GET  | succeeded unknown-file | 404 everyone
publication:edition          | GET  | published           | 200 everyone
                             | GET  | succeeded unknown-edition | 404 everyone
publication:edition_pdf      | GET  | published           | 200 everyone
                             | GET  | succeeded unknown-edition | 404 everyone
publication:edition_data     | GET  | published           | 200 everyone
                             | GET  | succeeded unknown-edition | 404 everyone
publication:edition_table    | GET  | published           | 200 everyone
                             | GET  | succeeded unknown-edition | 404 everyone
publication:edition_figure   | GET  | published           | 200 everyone
                             | GET  | succeeded unknown-edition unknown-file | 404 everyone

# --- One's own account ---------------------------------------------------------------------------------------------------
account_login                | GET  |                     | 200 shut-out; 302 rest
# Whoever is deactivated, and knows the password, is told so and let in no further.
                             | POST |                     | 200 anonymous; 302 deactivated rest
account_logout               | GET  |                     | 302 shut-out; 200 rest
                             | POST |                     | 302 everyone
account_inactive             | GET  |                     | 200 everyone
account_signup               | ANY  |                     | 404 everyone
account_reset_password       | GET  |                     | 200 everyone
                             | POST |                     | 302 everyone
account_reset_password_done  | GET  |                     | 200 everyone
account_reset_password_from_key | GET |                   | 302 everyone
                             | POST |                     | 302 everyone
account_reset_password_from_key_done | GET |              | 200 everyone
account_change_password      | GET  |                     | 200 rest
                             | POST |                     | 302 rest
account_reauthenticate       | GET  |                     | 200 rest
                             | POST |                     | 302 rest
accounts:profile             | GET  |                     | 200 rest
                             | POST |                     | 302 rest
accounts:invitation          | GET  | usual               | 200 everyone
                             | POST | usual               | login everyone
                             | GET  | used unknown-link   | 410 everyone
                             | POST | used unknown-link   | 410 everyone

# The second factor. Nobody of the table has set one up, so there is nothing to show or to take away; who begins is asked for the
# password again (a redirect).
mfa_index                    | GET  |                     | 200 rest
mfa_activate_totp            | GET  |                     | 302 rest
                             | POST |                     | 302 rest
mfa_deactivate_totp          | GET  |                     | 404 rest
                             | POST |                     | 404 rest
mfa_reauthenticate           | GET  |                     | 302 rest
                             | POST |                     | 302 rest
mfa_authenticate             | GET  |                     | 302 rest
                             | POST |                     | 302 rest
# Whoever is not logged in is sent back to the login page from here, where the second step belongs.
                             | PUT  |                     | 405 everyone
                             | DELETE |                   | 405 everyone
mfa_view_recovery_codes      | GET  |                     | 404 rest
mfa_download_recovery_codes  | GET  |                     | 404 rest
mfa_generate_recovery_codes  | GET  |                     | 302 rest
                             | POST |                     | 302 rest

# --- Inviting: administrators, and focal points for their ministry --------------------------------------------------------
accounts:invitations         | GET  |                     | 200 administrator focal other-focal; 403 rest
                             | POST |                     | 302 administrator focal other-focal; 403 rest
accounts:cancel_invitation   | POST | usual               | 302 administrator focal; 404 other-focal; 403 rest
                             | POST | unknown-link        | 404 administrator focal other-focal; 403 rest

# --- Rounds: everybody who reports, reviews or audits sees those that were opened; the MFA's editors steer them ------------
collection:my                | GET  |                     | 200 rest
collection:rounds            | GET  |                     | 200 REPORTERS EDITORS READERS; 403 rest
collection:open_round        | GET  |                     | 200 EDITORS; 403 rest
                             | POST |                     | 302 EDITORS; 403 rest
collection:round             | GET  | draft closed synthesis published | 200 REPORTERS EDITORS READERS; 403 rest
                             | GET  | planned             | 200 EDITORS READERS; 404 REPORTERS; 403 rest
                             | GET  | unknown-year        | 404 REPORTERS EDITORS READERS; 403 rest
collection:change_days       | POST | draft closed        | 302 EDITORS; 403 rest
                             | POST | stale published     | 409 EDITORS; 403 rest
                             | POST | planned             | 302 EDITORS; 404 REPORTERS; 403 rest
collection:close             | GET  | draft               | 200 EDITORS; 403 rest
                             | GET  | closed synthesis published | 409 EDITORS; 403 rest
                             | POST | draft               | 302 EDITORS; 403 rest
                             | POST | closed synthesis published | 409 EDITORS; 403 rest
                             | POST | planned             | 409 EDITORS; 404 REPORTERS; 403 rest
collection:open_again        | POST | closed              | 302 EDITORS; 403 rest
                             | POST | draft synthesis published | 409 EDITORS; 403 rest
                             | POST | planned             | 409 EDITORS; 404 REPORTERS; 403 rest
collection:begin_synthesis   | GET  | closed              | 200 EDITORS; 403 rest
                             | GET  | draft synthesis published | 409 EDITORS; 403 rest
                             | POST | closed              | 302 EDITORS; 403 rest
                             | POST | draft synthesis published | 409 EDITORS; 403 rest

# --- A ministry's report: its own people, the MFA and the auditors see it; its focal points submit, the editors review -----
collection:ministry_report   | GET  | draft submitted accepted published | 200 MINISTRY EDITORS READERS; 404 ELSEWHERE; 403 rest
                             | GET  | planned unknown-ministry | 404 REPORTERS EDITORS READERS; 403 rest
collection:submit            | POST | draft returned      | 302 focal; 403 rest; 404 ELSEWHERE
                             | POST | submitted accepted published | 409 focal; 403 rest; 404 ELSEWHERE
                             | POST | closed              | 422 focal; 403 rest; 404 ELSEWHERE
collection:receipt           | GET  | submitted accepted published | 200 MINISTRY EDITORS READERS; 404 ELSEWHERE; 403 rest
                             | GET  | draft               | 404 REPORTERS EDITORS READERS; 403 rest
collection:return            | POST | submitted           | 302 EDITORS; 403 rest; 404 ELSEWHERE
                             | POST | draft returned accepted published | 409 EDITORS; 403 rest; 404 ELSEWHERE
collection:accept            | POST | submitted           | 302 EDITORS; 403 rest; 404 ELSEWHERE
                             | POST | draft returned accepted published | 409 EDITORS; 403 rest; 404 ELSEWHERE
collection:reopen            | POST | accepted published  | 302 EDITORS; 403 rest; 404 ELSEWHERE
                             | POST | draft submitted returned | 409 EDITORS; 403 rest; 404 ELSEWHERE
collection:extend            | POST | draft closed        | 302 EDITORS; 403 rest; 404 ELSEWHERE
                             | POST | submitted accepted published | 409 EDITORS; 403 rest; 404 ELSEWHERE

# --- An entry: its focal points and whoever it is assigned to write it while the report is with the ministry ----------------
collection:entry             | GET  | draft submitted     | 200 assigned focal EDITORS READERS; 404 contributor ELSEWHERE; 403 rest
                             | GET  | accepted published  | 200 assigned focal EDITORS READERS; 404 contributor ELSEWHERE; 403 rest
                             | GET  | unknown-code unknown-ministry | 404 REPORTERS EDITORS READERS; 403 rest
                             | POST | draft returned closed | 302 assigned focal; 403 rest; 404 contributor ELSEWHERE
                             | POST | stale submitted accepted published | 409 assigned focal; 403 rest; 404 contributor ELSEWHERE
collection:assign            | POST | draft returned      | 302 focal; 403 rest; 404 contributor ELSEWHERE
collection:comment           | POST | draft submitted accepted | 302 assigned focal EDITORS; 403 rest; 404 contributor ELSEWHERE

# --- The synthesis desk: the editors write, the MFA and the auditors read ----------------------------------------------------
synthesis:desk               | GET  | draft closed synthesis published | 200 EDITORS READERS; 403 rest
                             | GET  | planned unknown-year | 404 EDITORS READERS; 403 rest
synthesis:write              | GET  | draft chapter published | 200 EDITORS READERS; 403 rest
                             | GET  | planned unknown-code | 404 EDITORS READERS; 403 rest
                             | POST | draft chapter synthesis published | 302 EDITORS; 403 rest
                             | POST | stale               | 409 EDITORS; 403 rest
synthesis:preview            | POST | draft chapter       | 200 EDITORS; 403 rest

# --- Builds: the editors make them, a publisher who did not ask for one publishes it, the MFA and the auditors read -----------
publication:builds           | GET  | draft accepted published | 200 EDITORS READERS; 403 rest
                             | GET  | unknown-year        | 404 EDITORS READERS; 403 rest
                             | POST | draft accepted published | 302 EDITORS; 403 rest
                             | POST | planned             | 409 EDITORS; 403 rest
publication:build            | GET  | running failed succeeded published | 200 EDITORS READERS; 403 rest
                             | GET  | unknown-build       | 404 EDITORS READERS; 403 rest
publication:build_progress   | GET  | running             | 200 EDITORS READERS; 403 rest
                             | GET  | failed succeeded    | 286 EDITORS READERS; 403 rest
                             | GET  | unknown-build       | 404 EDITORS READERS; 403 rest
publication:build_retry      | POST | failed              | 302 EDITORS; 403 rest
                             | POST | running succeeded published | 409 EDITORS; 403 rest
publication:build_pdf        | GET  | succeeded published | 200 EDITORS READERS; 403 rest
                             | GET  | running unknown-build | 404 EDITORS READERS; 403 rest
publication:build_preview    | GET  | succeeded published | 200 EDITORS READERS; 403 rest
                             | GET  | running unknown-build | 404 EDITORS READERS; 403 rest
publication:build_figure     | GET  | succeeded           | 200 EDITORS READERS; 403 rest
                             | GET  | running unknown-file | 404 EDITORS READERS; 403 rest
publication:build_publish    | GET  | running succeeded published | 200 EDITORS READERS; 403 rest
                             | POST | succeeded           | 302 publisher; 403 rest
                             | POST | running failed published | 409 publisher; 403 rest
                             | POST | unknown-build       | 404 EDITORS READERS; 403 rest
"""

# The administration, by kind of address: "*" stands for each model that is registered there, and a POST carries no fields.
# Administrators have it to themselves. Rows that earlier years rest on are never deleted.
ADMINISTRATION = """
admin:index                  | GET  |                     | 200 administrator; 403 rest
                             | POST |                     | 200 administrator; 403 rest
admin:app_list               | GET  |                     | 200 administrator; 403 rest
                             | POST |                     | 200 administrator; 403 rest
admin:*_changelist           | GET  |                     | 200 administrator; 403 rest
                             | POST |                     | 200 administrator; 403 rest
admin:*_add                  | GET  |                     | 200 administrator; 403 rest
                             | POST |                     | 200 administrator; 403 rest
admin:*_change               | GET  |                     | 200 administrator; 403 rest
                             | POST |                     | 200 administrator; 403 rest
admin:*_history              | GET  |                     | 200 administrator; 403 rest
                             | POST |                     | 200 administrator; 403 rest
admin:*_delete               | GET  |                     | 403 rest
                             | POST |                     | 403 rest
admin:*                      | GET  |                     | 302 administrator; 403 rest
                             | POST |                     | 302 administrator; 403 rest
# People come by invitation, and an invitation is sent anew instead of being changed.
admin:accounts_user_add      | GET  |                     | 403 rest
                             | POST |                     | 403 rest
admin:accounts_invitation_change | GET |                  | 200 administrator; 403 rest
                             | POST |                     | 403 rest
# These lead to the portal's own pages.
admin:login                  | GET  |                     | 302 rest
                             | POST |                     | 302 rest
                             | PUT  |                     | 405 everyone
                             | DELETE |                   | 405 everyone
admin:logout                 | GET  |                     | 302 administrator; 403 rest
                             | POST |                     | 302 administrator; 403 rest
admin:password_change        | GET  |                     | 302 administrator; 403 rest
                             | POST |                     | 302 administrator; 403 rest
admin:password_change_done   | GET  |                     | 302 administrator; 403 rest
                             | POST |                     | 302 administrator; 403 rest
# What the pages above ask for.
admin:autocomplete           | GET  |                     | 200 administrator; 403 rest
                             | POST |                     | 405 administrator; 403 rest
admin:jsi18n                 | GET  |                     | 200 administrator; 403 rest
                             | POST |                     | 405 administrator; 403 rest
admin:view_on_site           | GET  |                     | 404 administrator; 403 rest
                             | POST |                     | 404 administrator; 403 rest
admin:anything else          | GET  |                     | 404 administrator; 403 rest
                             | POST |                     | 404 administrator; 403 rest
"""
