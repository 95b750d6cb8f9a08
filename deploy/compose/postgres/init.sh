#!/bin/sh
# The database and its two log-ins: the owner, who writes, and the reader, whom the gateways use and who may only read.
# Runs once, when the data directory is new. The passwords are words without quotes.
set -eu
psql -q -v ON_ERROR_STOP=1 -U "${POSTGRES_USER:-postgres}" -d postgres << SQL
create role facteur login createrole password '$(cat /run/secrets/postgres-owner-password)';
create role facteur_reader login password '$(cat /run/secrets/postgres-reader-password)';
create database facteur owner facteur;
SQL
