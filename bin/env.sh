# Sourced by bin/demo and bin/test, from the root of the project: prepares .venv and what the PDF papers need.
# LOCK names the pinned packages. Afterwards $python is the interpreter of .venv. POSIX sh; safe to repeat.

: "${LOCK:?}"
root=$PWD
python=$root/.venv/bin/python
missing=""

say() { printf '%s\n' "$*"; }
stop() { printf '%s\n' "$*" >&2; exit 1; }
# note "sentence": something that does not stop us, said again at the end.
note() { missing="$missing$*
"; }
say_notes() { [ -z "$missing" ] || printf '\nNot here, and how to get it:\n%s' "$missing"; }

# ---- nothing of the caller's Python may leak in; package settings (PIP_*, UV_*) may
for name in $(env | sed -n 's/^\(PYTHON[A-Z0-9_]*\|DJANGO_[A-Z0-9_]*\|VIRTUAL_ENV\|COVERAGE_[A-Z_]*\|PYTEST_[A-Z_]*\)=.*/\1/p'); do
  unset "$name"
done
export LC_ALL=C.UTF-8
mkdir -p .venv var 2>/dev/null || stop "Cannot write into $root: use a copy of the project that belongs to you."
[ -w .venv ] && [ -w var ] || stop "$root/.venv or $root/var belongs to another user: delete them, or run as that user."
# Some tools need a home to write to; without one they get a corner of .venv.
if [ -z "${HOME:-}" ] || [ ! -w "$HOME" ]; then
  export HOME="$root/.venv/home"
  mkdir -p "$HOME"
fi

# ---- Python and the pinned packages
right_python() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; }

make_venv() {
  for candidate in python3 python3.13 python3.12 python3.11; do
    command -v $candidate >/dev/null && right_python $candidate || continue
    "$candidate" -c 'import ensurepip, venv' 2>/dev/null ||
      stop "Python can make no environment. Install the rest of it: apt-get install python3-venv"
    say "Making .venv with $("$candidate" --version) …"
    "$candidate" -m venv --clear .venv && return
    stop "Python could not make .venv."
  done
  stop "Python 3.11, 3.12 or 3.13 is needed. Install it: apt-get install python3 python3-venv"
}

# uv does not read pip's settings, so it is told where pip would look and whom pip would trust.
teach_uv() {
  settings=$("$python" -m pip config list 2>/dev/null) || return 0
  setting() { printf '%s\n' "$settings" | sed -n "s/^[^=]*\.$1='\(.*\)'\$/\1/p" | tail -n 1; }
  index=$(setting index-url)
  cert=$(setting cert)
  if [ -n "$index" ] && [ -z "${UV_DEFAULT_INDEX:-}${UV_INDEX_URL:-}" ]; then export UV_DEFAULT_INDEX="$index"; fi
  if [ -n "$cert" ] && [ -z "${SSL_CERT_FILE:-}" ]; then export SSL_CERT_FILE="$cert"; fi
}

install_packages() {
  say "Installing the packages of $LOCK …"
  "$python" -m pip install -q --disable-pip-version-check --require-hashes -r requirements-uv.lock && teach_uv &&
    "$python" -m uv pip install -q --python "$python" --require-hashes -r "$LOCK" && return
  say "uv did not manage it; trying pip, which is slower …"
  "$python" -m pip install -q --disable-pip-version-check --require-hashes -r "$LOCK" ||
    stop "The packages could not be installed. Is the package index reachable?"
}

right_python "$python" || make_venv
stamp=.venv/.installed-$LOCK
wanted=$(cksum <"$LOCK")
if [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]; then
  install_packages
  printf '%s\n' "$wanted" >"$stamp"
fi

# ---- the libraries and the fonts of the PDF papers
pdf_packages="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
native=$root/.venv/native
triplet=$("$python" -c 'import sysconfig; print(sysconfig.get_config_var("MULTIARCH") or "")')

pdf_works() {
  "$python" -c 'import ctypes
for name in ("gobject-2.0", "pango-1.0", "pangoft2-1.0", "harfbuzz", "harfbuzz-subset", "fontconfig"):
    ctypes.CDLL(f"lib{name}.so.0" if name != "fontconfig" else "libfontconfig.so.1")' 2>/dev/null
}

use_native() {
  [ ! -d "$native/usr" ] ||
    export LD_LIBRARY_PATH="$native/usr/lib/$triplet:$native/lib/$triplet${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
}

apt_install() { DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1; }

# Without root: fetch the same packages and unpack them beside the environment.
unpack_libraries() {
  mkdir -p "$native/debs" && cd "$native/debs" || return
  # shellcheck disable=SC2086 # a list of packages
  wanted=$(apt-get install --no-install-recommends -s $pdf_packages 2>/dev/null | awk '/^Inst/ {print $2}')
  # shellcheck disable=SC2086
  [ -n "$wanted" ] && apt-get download -qq $wanted >/dev/null 2>&1 &&
    for package in *.deb; do dpkg -x "$package" "$native"; done
  cd "$root" || exit
}

use_native
if ! pdf_works && command -v apt-get >/dev/null; then
  say "Getting the libraries of the PDF papers …"
  if [ "$(id -u)" = 0 ]; then
    # shellcheck disable=SC2086
    apt_install $pdf_packages || { apt-get update -qq >/dev/null 2>&1; apt_install $pdf_packages; } || true
  else
    unpack_libraries
    use_native
  fi
fi
pdf_works || note "PDF papers: apt-get install --no-install-recommends $pdf_packages"

cat >.venv/fonts.conf <<FONTS
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>$root/core/documents/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>$root/.venv/fontcache</cachedir>
</fontconfig>
FONTS
export FONTCONFIG_FILE="$root/.venv/fonts.conf"
