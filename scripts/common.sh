# Functions that the other scripts share. Sourced, never run: it moves to the repository's root.

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
PYTHON=.venv/bin/python

say() { printf '%s\n' "$*"; }
fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# "sudo -n", nothing (for root), or failure when packages cannot be installed here.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  else
    sudo -n "$@"
  fi
}

may_install() {
  command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }
}

# apt_install WHY PACKAGE…: installs Debian packages, or ends with the one line that names them.
apt_install() {
  local why=$1
  shift
  may_install || fail "$why. Install the missing packages and try again: sudo apt-get install $*"
  say "Installing $* with apt"
  as_root apt-get update -q >/dev/null || fail "apt-get update failed, and $* must be installed"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "$@" >/dev/null ||
    fail "apt-get could not install $*"
}

# random_secret: 64 characters fit for SECRET_KEY.
random_secret() { "$PYTHON" -c 'import secrets; print(secrets.token_urlsafe(48))'; }
