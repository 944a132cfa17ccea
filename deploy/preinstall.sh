#!/bin/sh
# The account that serves owns nothing but its state folder.
set -e
getent group diwan >/dev/null || groupadd --system diwan
getent passwd diwan >/dev/null || useradd --system --gid diwan --home-dir /var/lib/diwan --shell /usr/sbin/nologin diwan
