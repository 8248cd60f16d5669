#!/bin/sh
# Makes the simulator's certificates beside this script, with OpenSSL 3. The JDK cannot make
# certificates, so they are checked in; their keys protect nothing.
#
# The CA's key is thrown away: to change one certificate, make all of them again.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# Of long life, and begun long ago, so that a machine with a wrong clock can run the tests.
begin=20200101000000Z
end=21191231235959Z

make_authority() { # NAME SUBJECT
  mkdir "$1"
  touch "$1/index.txt"
  openssl req -new -newkey rsa:2048 -nodes -sha256 -keyout "$1/key.pem" -out "$1/request.pem" \
    -subj "$2"
  cat >"$1/authority.cnf" <<CONFIG
[ca]
default_ca = authority
[authority]
database = $work/$1/index.txt
new_certs_dir = $work/$1
rand_serial = yes
unique_subject = no
default_md = sha256
policy = any
copy_extensions = none
[any]
countryName = optional
organizationName = optional
organizationalUnitName = optional
commonName = supplied
[authority_extensions]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
CONFIG
  openssl ca -batch -notext -selfsign -config "$1/authority.cnf" -extensions authority_extensions \
    -startdate "$begin" -enddate "$end" -keyfile "$1/key.pem" -in "$1/request.pem" \
    -out "$1/certificate.pem"
}

make_server() { # AUTHORITY NAME COMMON_NAME SUBJECT_ALTERNATIVE_NAMES END
  openssl req -new -newkey rsa:2048 -nodes -sha256 -keyout "$2.key" -out "$2.request" \
    -subj "/OU=PVE Cluster Node/O=Proxmox Virtual Environment/CN=$3"
  cat >"$2.extensions" <<CONFIG
basicConstraints = CA:FALSE
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = $4
CONFIG
  openssl ca -batch -notext -config "$1/authority.cnf" -extfile "$2.extensions" \
    -startdate "$begin" -enddate "$5" -cert "$1/certificate.pem" -keyfile "$1/key.pem" \
    -in "$2.request" -out "$2.pem"
  openssl pkcs12 -export -name server -passout pass:simulator -inkey "$2.key" -in "$2.pem" \
    -certfile "$1/certificate.pem" -out "$here/$2.p12"
}

make_authority cluster \
  "/CN=Proxmox Virtual Environment/OU=simulator/O=PVE Cluster Manager CA"
make_authority other \
  "/CN=Proxmox Virtual Environment/OU=another cluster/O=PVE Cluster Manager CA"

names=IP:127.0.0.1,IP:::1,DNS:localhost,DNS:pve1,DNS:pve1.example
make_server cluster proxmox pve1.example "$names" "$end"
make_server cluster expired pve1.example "$names" 20210101000000Z
make_server other other-authority pve1.example "$names" "$end"
make_server cluster other-name pve.example DNS:pve.example "$end"
cp cluster/certificate.pem "$here/authority.pem"
