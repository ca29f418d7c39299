#!/bin/sh
# 安装测试所需的一切并运行测试。Installs all that the tests need, then runs them.
# 用法 usage: sh tests/run.sh [pytest 参数 arguments]
# VENV=DIR 用别的虚拟环境 another virtual environment (.venv); PYTHON=… 用别的 Python another Python (python3)
set -eu
cd "$(dirname "$0")/.."
venv=${VENV:-.venv}
python=${PYTHON:-python3}

as_root() { # run with what rights there are; fails where there are none
    if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null 2>&1; then sudo -n "$@"; else return 1; fi
}
install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" >/dev/null
}

wanted=
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || wanted="$wanted chromium"
command -v firefox-esr >/dev/null 2>&1 || command -v firefox >/dev/null 2>&1 || wanted="$wanted firefox-esr"
"$python" -c 'import ensurepip' 2>/dev/null || wanted="$wanted python3-venv"
if [ -n "$wanted" ]; then
    # shellcheck disable=SC2086 # one word each
    install $wanted || {
        echo "缺少 missing:$wanted。请先运行 first run: sudo apt-get install$wanted" >&2
        [ "${CI:-}" != true ] || exit 1
    }
fi

[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check -e '.[test]'
exec "$venv/bin/python" -m pytest -n auto --dist worksteal "$@"
