#!/bin/sh
# Make .venv with the pinned requirements: config/bootstrap.sh requirements.txt
#
# Python 3.12 or newer is taken from, in this order: $PYTHON, python3 (pyenv obeys
# .python-version), pythonX.Y, uv if there is one, uv fetched into var/ by any older
# python3. Whatever is fetched lies in .venv/ and var/.
set -eu
requirements=$1
log=var/setup.log

fail() {
    printf '%s\n' "$1" >&2
    exit 1
}

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1
}

# Say in one sentence why the command whose output is in the log failed.
explain() {
    if grep -q -e 'No space left on device' -e 'Disk quota exceeded' "$log"; then
        fail "The disk is full: free about 1 GB where $(pwd) lies and start again."
    elif grep -q -e 'ensurepip is not' -e 'No module named ensurepip' -e 'No module named venv' "$log"; then
        fail "$python has no venv module: install it (Debian: apt-get install python3-venv) and start again."
    elif grep -q -e 'subprocess-exited-with-error' -e 'Failed building wheel' -e 'Failed to build' "$log"; then
        command -v cc >/dev/null 2>&1 || command -v gcc >/dev/null 2>&1 ||
            fail "A requirement has no wheel for this machine and no compiler is here: install one (Debian: apt-get install build-essential python3-dev) and start again."
        fail "A requirement could not be compiled: $log says which header or library is missing."
    elif grep -q -e 'Permission denied' "$log"; then
        fail "$(pwd) cannot be written by this user: run the command as its owner, or make a clone of your own."
    fi
    tail -3 "$log" >&2
    fail "$1 failed: if the package index cannot be reached, check the network or the proxy and start again ($log has the whole story)."
}

# Run a step with its output in the log: step NAME COMMAND...
step() {
    name=$1
    shift
    "$@" >"$log" 2>&1 || explain "$name"
}

# pyenv whose .python-version is not installed hides these behind its shims
other_pythons=${OTHER_PYTHONS-/usr/local/bin/python3 /usr/bin/python3 ${PYENV_ROOT:-$HOME/.pyenv}/versions/3.1[2-9]*/bin/python}

find_python() {
    for python in ${PYTHON:-} python3 python3.14 python3.13 python3.12 $other_pythons; do
        ! is_new_enough "$python" || return 0
    done
    return 1
}

# Set $uv: the one on PATH, else one of our own.
find_uv() {
    uv=$(command -v uv || true)
    [ -z "$uv" ] || return 0
    uv=var/uv/venv/bin/uv
    [ ! -x "$uv" ] || return 0
    for python in python3 python $other_pythons; do
        "$python" -c 'import sys; sys.exit(sys.version_info < (3, 8))' >/dev/null 2>&1 || continue
        echo "No Python 3.12 or newer here: fetching uv, which brings one."
        step "Making a place for uv" "$python" -m venv var/uv/venv
        step "Fetching uv" var/uv/venv/bin/python -m pip install --quiet uv==0.13.9
        return 0
    done
    fail "No Python is installed: install Python 3.12 or newer (Debian: apt-get install python3 python3-venv) and start again."
}

# Set $python: one that uv knows already, else the one that .python-version names.
find_python_with_uv() {
    find_uv
    export UV_CACHE_DIR="$PWD/var/uv/cache"
    python=$("$uv" python find --system --no-python-downloads ">=3.12" 2>/dev/null || true)
    [ -z "$python" ] || return 0
    export UV_PYTHON_INSTALL_DIR="$PWD/var/uv/python"
    version=$(cat .python-version)
    "$uv" python install --no-bin "$version" >"$log" 2>&1 ||
        fail "No Python 3.12 or newer is here and uv could not fetch one ($log says why): check the network or the proxy, or install one yourself, and start again."
    python=$("$uv" python find --system "$version")
}

make_venv() {
    rm -rf .venv
    find_python || find_python_with_uv
    step "Making .venv" "$python" -m venv .venv
}

# touch, since a redirection that fails would end the shell without a word
mkdir -p var 2>/dev/null && touch "$log" 2>/dev/null ||
    fail "$(pwd)/var cannot be written: run the command as the owner of the clone, make a clone of your own, or free some space on the disk."

# Two first starts at once take turns.
if command -v flock >/dev/null 2>&1; then
    exec 9>var/setup.lock
    flock 9
fi

# A .venv that was moved or whose Python is gone is made anew.
here=$(cat .venv/place 2>/dev/null || true)
if [ "$here" != "$PWD" ] || ! is_new_enough .venv/bin/python; then
    make_venv
    printf '%s' "$PWD" >.venv/place
fi

export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_NO_INPUT=1
stamp=.venv/installed-$requirements
wanted=$(cat requirements.txt "$requirements")
if [ "$(cat "$stamp" 2>/dev/null || true)" != "$wanted" ]; then
    echo "Installing $requirements into .venv (the first time takes about a minute)."
    step "Installing $requirements" .venv/bin/python -m pip install --requirement "$requirements"
    printf '%s\n' "$wanted" >"$stamp"
fi
