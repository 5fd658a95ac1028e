# Sourced by ./run and ./test: finds what is missing and installs it where it can.

say() { printf '\033[1m==>\033[0m %s\n' "$*" >&2; }
fail() { printf 'renkei: %s\n' "$*" >&2; exit 1; }

# install PACKAGE...: Debian packages, with apt-get; elsewhere it says what is missing.
install() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  command -v apt-get >/dev/null || fail "please install: ${missing[*]} (names as in Debian)"
  local root=()
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || fail "please install as root: apt-get install ${missing[*]}"
    root=(sudo)
  fi
  say "installing ${missing[*]}"
  "${root[@]}" apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive "${root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
}

setup_build() {
  if ! command -v cargo >/dev/null && [ -f "$HOME/.cargo/env" ]; then . "$HOME/.cargo/env"; fi
  command -v cargo >/dev/null || fail "please install Rust 1.95 or later (https://rustup.rs)"
  if command -v dpkg-query >/dev/null; then
    install gcc libc6-dev pkg-config libssl-dev libpq-dev curl
  else
    local tool
    for tool in cc pkg-config curl; do command -v "$tool" >/dev/null || fail "please install $tool"; done
    pkg-config --exists openssl || fail "please install OpenSSL's development files"
    pkg-config --exists libpq || fail "please install libpq's development files"
  fi
}

# wait_for URL PID LOG: until the URL answers, or the process is gone.
wait_for() {
  local tries=0
  until curl -fsS -o /dev/null "$1" 2>/dev/null; do
    kill -0 "$2" 2>/dev/null || { tail -n 5 "$3" >&2; fail "it did not start; see $3"; }
    tries=$((tries + 1))
    [ $tries -lt 300 ] || fail "$1 does not answer; see $3"
    sleep 0.1
  done
}

setup_browser() {
  install chromium fonts-ipaexfont-gothic xmlsec1 zip unzip openssl curl
  command -v node >/dev/null || install nodejs npm
}
